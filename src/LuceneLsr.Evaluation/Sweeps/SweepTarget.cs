using LuceneLsr.Evaluation.Collections;

namespace LuceneLsr.Evaluation.Sweeps;

/// <summary>The index, the query vectors and the search of a point. Thread-safe.</summary>
internal sealed class SweepTarget(
    IReadOnlyList<BeirQuery> queries, SweepIndex index, IReadOnlyList<SparseVector> vectors, SweepSearch search)
{
    public SweepIndex Index => index;

    public double TermsPerQuery => vectors.Average(search.CountTerms);

    /// <summary>Returns the numbers of the top documents of a query, best first.</summary>
    public int[] Search(int query, int count) => search.Search(queries[query].Text, vectors[query], count);
}
