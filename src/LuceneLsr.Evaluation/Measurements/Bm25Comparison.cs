using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Fusion;
using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Measurements;

/// <summary>A learned sparse index, the BM25 baseline and both fused on one collection.</summary>
/// <param name="Bm25">The run of BM25.</param>
/// <param name="Sparse">The learned sparse index.</param>
/// <param name="Fused">Both runs fused by <see cref="ScoreFusion"/>.</param>
public sealed record Bm25Comparison(Run Bm25, SparseEvaluation Sparse, Run Fused)
{
    /// <summary>Gets the three runs by name: BM25, LSR, LSR + BM25.</summary>
    public IReadOnlyList<(string Name, Run Run)> Runs =>
        [("BM25", Bm25), ("LSR", Sparse.Run), ("LSR + BM25", Fused)];

    /// <summary>Indexes a collection both ways in memory and runs its queries.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="encoders">The encoder of each side.</param>
    /// <param name="scales">The scale of each side, which turns weights into impacts.</param>
    /// <param name="options">The options; the defaults if null.</param>
    /// <param name="cancellationToken">Cancels the encoding.</param>
    public static Bm25Comparison Measure(
        BeirCollection collection, PerSide<ISparseEncoder> encoders, PerSide<ImpactScale> scales,
        SparseEvaluationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(collection);
        using var index = new Bm25Index(collection.Corpus.Select(document => (document.Id, document.Contents)));
        var bm25 = index.CollectRun(
            collection.Queries, EvaluationReport.Depth, options?.IgnoresIdenticalIds ?? false, cancellationToken);
        var sparse = SparseEvaluation.Measure(collection, encoders, scales, options, cancellationToken);
        return new(bm25, sparse, ScoreFusion.Fuse(sparse.Run, bm25));
    }
}
