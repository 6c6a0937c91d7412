using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Measurements;
using LuceneLsr.Torch;

namespace LuceneLsr.Tools.Claims.Runs;

/// <summary>The effectiveness and the costs of a model on a collection.</summary>
/// <param name="NdcgAt10">nDCG@10 of the model alone.</param>
/// <param name="DocumentTerms">The mean number of terms per document.</param>
/// <param name="QueryTerms">The mean number of terms per query.</param>
/// <param name="IndexMegabytes">The size of the index.</param>
/// <param name="MillisecondsPerDocument">
/// The time to encode and index a document, in the precision that the recipe trained in (<c>compute</c>).
/// </param>
internal sealed record CollectionFigures(
    double NdcgAt10, double DocumentTerms, double QueryTerms, double IndexMegabytes, double MillisecondsPerDocument)
{
    /// <summary>Indexes the documents of a collection, runs its queries and measures both.</summary>
    public static CollectionFigures Measure(
        TorchSparseEncoder encoder, BeirCollection collection, CancellationToken cancellation)
    {
        var evaluation = SparseEvaluation.Measure(
            collection, PerSide.Both<ISparseEncoder>(encoder), PerSide.Both(encoder.Settings.ImpactScale),
            cancellationToken: cancellation);
        return new(
            evaluation.Report.NdcgAt10, evaluation.TermsPerDocument, evaluation.TermsPerQuery,
            evaluation.IndexBytes / 1e6, evaluation.IndexingTime.TotalMilliseconds / collection.Corpus.Count);
    }
}
