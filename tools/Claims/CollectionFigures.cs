using System.Diagnostics;
using LuceneLsr.Evaluation;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Torch;
using LuceneLsr.Training.Mining;

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
        var start = Stopwatch.GetTimestamp();
        using var index = new SparseIndex(
            PerSide.Both<ISparseEncoder>(encoder), encoder.Settings.ImpactScale,
            collection.Corpus.Select(document => (document.Id, document.Contents)), cancellationToken: cancellation);
        var encoding = Stopwatch.GetElapsedTime(start);
        var run = index.CollectRun(collection.Queries, EvaluationReport.Depth, cancellation);
        return new(
            EvaluationReport.Compute(run, collection.Qrels).NdcgAt10, index.TermsPerDocument, index.TermsPerQuery,
            index.SizeInBytes, encoding.TotalMilliseconds / collection.Corpus.Count);
    }
}
