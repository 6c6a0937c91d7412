namespace LuceneLsr.Search.Scoring;

/// <summary>Adds the impacts of a block of documents in vectors of one size.</summary>
/// <remarks>
/// The implementations interleave the bytes of two rows, widen them to shorts, and multiply and add neighbors.
/// Unpacking works on each 16 bytes of a vector separately, so that the sums get into document order only at the end.
/// </remarks>
internal unsafe interface IDenseRowBlock
{
    /// <summary>Gets the number of documents in a block.</summary>
    static abstract int Size { get; }

    /// <summary>Adds a block.</summary>
    /// <param name="pairs">The rows.</param>
    /// <param name="count">Number of pairs.</param>
    /// <param name="document">First document of the block.</param>
    /// <param name="sums">The accumulators of the block.</param>
    static abstract void Add(DenseRowPair* pairs, int count, int document, int* sums);
}
