namespace LuceneLsr.Tools.Benchmarks.Workloads;

/// <summary>Vectors to index and to ask for; the same at every call.</summary>
internal interface IWorkload
{
    /// <summary>The documents' vectors, drawn or read anew as they are asked for.</summary>
    IEnumerable<SparseVector> Documents();

    /// <summary>The queries' vectors, of integer weights from 1 on.</summary>
    IReadOnlyList<SparseVector> Queries();
}
