using Lucene.Net.Search;
using LuceneLsr.Search;

namespace LuceneLsr.Tools.Benchmarks.Queries;

/// <summary>One way to compute the top hits of a query.</summary>
/// <param name="Name">The name in tables.</param>
/// <param name="Search">Returns the top hits of a query vector, at most the given number.</param>
internal sealed record Engine(string Name, Func<SparseVector, int, TopDocs> Search)
{
    /// <summary>Creates an engine that runs one kind of query on one index.</summary>
    public static Engine Create(string name, WorkloadIndex index, Func<SparseVector, Query> createQuery) =>
        new(name, (vector, depth) => index.Searcher.Search(createQuery(vector), depth));

    /// <summary>Creates the exact query of a vector whose weights are impacts.</summary>
    public static ImpactQuery CreateExactQuery(SparseVector vector, Postings.ImpactCache? cache = null) =>
        new(WorkloadIndex.Field, ImpactScale.Identity.Quantize(vector), cache);
}
