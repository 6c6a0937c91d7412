using System.Diagnostics;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Evaluation.Vectors;

namespace LuceneLsr.Evaluation.Measurements;

/// <summary>Quality and cost of a learned sparse index of a judged collection.</summary>
public sealed record SparseEvaluation
{
    /// <summary>Gets the run.</summary>
    public required Run Run { get; init; }

    /// <summary>Gets the metrics of the run.</summary>
    public required EvaluationReport Report { get; init; }

    /// <summary>Gets the mean number of terms per document.</summary>
    public required double TermsPerDocument { get; init; }

    /// <summary>Gets the mean number of terms per query.</summary>
    public required double TermsPerQuery { get; init; }

    /// <summary>Gets the number of documents without a term; no query finds them.</summary>
    public required int DocumentsWithoutTerms { get; init; }

    /// <summary>Gets the size of the index in bytes.</summary>
    public required long IndexBytes { get; init; }

    /// <summary>Gets the time to encode and index all documents.</summary>
    public required TimeSpan IndexingTime { get; init; }

    /// <summary>Encodes and indexes a collection in memory and runs its queries.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="encoders">The encoder of each side.</param>
    /// <param name="scales">The scale of each side, which turns weights into impacts.</param>
    /// <param name="options">The options; the defaults if null.</param>
    /// <param name="cancellationToken">Cancels the encoding.</param>
    public static SparseEvaluation Measure(
        BeirCollection collection, PerSide<ISparseEncoder> encoders, PerSide<ImpactScale> scales,
        SparseEvaluationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(encoders);
        ArgumentNullException.ThrowIfNull(scales);
        options ??= new();
        var start = Stopwatch.GetTimestamp();
        var encoded = encoders.Document.EncodeDocuments(collection.Corpus, options.OnEncoded, cancellationToken);
        using var index = SparseIndex.CreateInMemory(
            encoded, encoders.Document, scales.Document, options.StoresTexts);
        var indexingTime = Stopwatch.GetElapsedTime(start);
        using var created = options.CreateQueryEncoder?.Invoke(index);
        using var ranker = new SparseRanker(index, created ?? encoders.Query, scales.Query)
        {
            Rules = options.Rules,
        };
        var run = ranker.CollectRun(
            collection.Queries, EvaluationReport.Depth, options.IgnoresIdenticalIds, cancellationToken);
        return new()
        {
            Run = run,
            Report = EvaluationReport.Compute(run, collection.Qrels),
            TermsPerDocument = index.TermsPerDocument,
            TermsPerQuery = ranker.TermsPerQuery,
            DocumentsWithoutTerms = index.DocumentsWithoutTerms,
            IndexBytes = index.SizeInBytes,
            IndexingTime = indexingTime,
        };
    }
}
