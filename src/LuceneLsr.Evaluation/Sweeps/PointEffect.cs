using LuceneLsr.Evaluation.Metrics;

namespace LuceneLsr.Evaluation.Sweeps;

/// <summary>How well the queries of a point find documents, and the size of its index.</summary>
/// <param name="Report">The metrics.</param>
/// <param name="NdcgPerQuery">nDCG@10 of each judged query, in the order of the judgments.</param>
/// <param name="IndexBytes">The size of the index: ids, impacts and, with BM25, keywords.</param>
/// <param name="TermsPerDocument">The mean number of terms per document.</param>
/// <param name="TermsPerQuery">The mean number of terms per query, before feedback.</param>
public sealed record PointEffect(
    EvaluationReport Report, IReadOnlyList<double> NdcgPerQuery, long IndexBytes, double TermsPerDocument,
    double TermsPerQuery);
