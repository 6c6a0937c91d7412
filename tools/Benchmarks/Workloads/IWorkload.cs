namespace LuceneLsr.Tools.Benchmarks.Workloads;

/// <summary>Vectors to index and to search. Every call returns the same vectors.</summary>
internal interface IWorkload
{
    /// <summary>Returns the vectors of the documents, generated or read during enumeration.</summary>
    IEnumerable<SparseVector> Documents();

    /// <summary>Returns the number of documents.</summary>
    int CountDocuments() => Documents().Count();

    /// <summary>Returns the vectors of the queries. Weights are positive integers.</summary>
    IReadOnlyList<SparseVector> Queries();

    /// <summary>Checks that there is something to measure.</summary>
    /// <exception cref="InvalidDataException">No document or no query has a term.</exception>
    void RequireTerms()
    {
        if (!Queries().Any(HasTerms) || !Documents().Any(HasTerms))
        {
            throw new InvalidDataException(
                "Nothing to measure: the benchmark needs at least one document and one query with terms.");
        }
    }

    private static bool HasTerms(SparseVector vector) => vector.Count > 0;
}
