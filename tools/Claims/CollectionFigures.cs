using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Measurements;
using LuceneLsr.Torch;

namespace LuceneLsr.Tools.Claims;

/// <summary>What a model retrieves of a collection, and what that costs.</summary>
/// <param name="NdcgAt10">Of the model alone.</param>
/// <param name="DocumentTerms">Terms a document, on average.</param>
/// <param name="QueryTerms">Terms a query, on average.</param>
/// <param name="IndexBytes">The size of the index.</param>
/// <param name="MillisecondsPerDocument">
/// Time to encode and index a document, in the precision that the model was trained in (<c>compute</c>).
/// </param>
internal sealed record CollectionFigures(
    double NdcgAt10, double DocumentTerms, double QueryTerms, long IndexBytes, double MillisecondsPerDocument)
{
    public static CollectionFigures Of(
        TorchSparseEncoder encoder, BeirCollection collection, CancellationToken cancellation)
    {
        var sparse = SparseEvaluation.Measure(
            collection, PerSide.Both<ISparseEncoder>(encoder), PerSide.Both(encoder.Settings.ImpactScale),
            cancellationToken: cancellation);
        return new(
            sparse.Report.NdcgAt10, sparse.TermsPerDocument, sparse.TermsPerQuery, sparse.IndexBytes,
            sparse.IndexingTime.TotalMilliseconds / collection.Corpus.Count);
    }
}
