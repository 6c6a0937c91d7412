using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Comparisons;

/// <summary>What one version of a field returns for a query, and what it costs.</summary>
/// <param name="Hits">The top documents, best first.</param>
/// <param name="Ndcg">Their nDCG, or null if the query is not judged.</param>
/// <param name="Terms">The number of terms of the query.</param>
/// <param name="Postings">The number of postings of these terms in the index.</param>
/// <param name="Time">The time to encode and search.</param>
public sealed record VersionRanking(
    IReadOnlyList<ScoredDocument> Hits, double? Ndcg, int Terms, long Postings, TimeSpan Time);
