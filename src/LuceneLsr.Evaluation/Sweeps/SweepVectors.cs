using Lucene.Net.Index;

namespace LuceneLsr.Evaluation.Sweeps;

/// <summary>The vectors of a collection under one precision of the model.</summary>
/// <param name="Documents">The vector of each document, in the order of the corpus.</param>
/// <param name="Scales">The scale of each side, which turns weights into impacts.</param>
/// <param name="EncodeQueries">
/// Returns the vector of each query of the collection, in its order, for an index. It is called on one thread.
/// </param>
public sealed record SweepVectors(
    IReadOnlyList<SparseVector> Documents, PerSide<ImpactScale> Scales,
    Func<QueryEncoding, IndexReader, IReadOnlyList<SparseVector>> EncodeQueries);
