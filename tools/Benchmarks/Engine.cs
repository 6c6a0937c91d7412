using Lucene.Net.Search;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Search;

namespace LuceneLsr.Tools.Benchmarks;

/// <summary>One way to the top hits of a query.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Search">Finds so many hits.</param>
internal sealed record Engine(string Name, Func<SparseVector, int, TopDocs> Search)
{
    /// <summary>One kind of query on one index.</summary>
    public static Engine Of(string name, WorkloadIndex index, Func<SparseVector, Query> create) =>
        new(name, (vector, depth) => index.Searcher.Search(create(vector), depth));

    /// <summary>The query of a vector whose weights are impacts.</summary>
    public static ImpactQuery Exact(SparseVector vector, Postings.ImpactCache? cache = null) =>
        new(WorkloadIndex.Field, ImpactScale.Identity.Quantize(vector), cache);
}
