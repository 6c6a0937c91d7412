namespace LuceneLsr.Tools.Benchmarks.Workloads;

/// <summary>Vectors to index and to search. Every call returns the same vectors.</summary>
internal interface IWorkload
{
    /// <summary>Returns the vectors of the documents, generated or read during enumeration.</summary>
    IEnumerable<SparseVector> Documents();

    /// <summary>Returns the vectors of the queries. Weights are positive integers.</summary>
    IReadOnlyList<SparseVector> Queries();
}
