namespace LuceneLsr.Search.Scoring;

/// <summary>A row of impacts, one byte per document.</summary>
/// <param name="impacts">The impacts, pinned as long as the row is used.</param>
/// <param name="weight">Weight of the row.</param>
internal readonly unsafe struct DenseRow(byte* impacts, int weight)
{
    /// <summary>Gets the impacts.</summary>
    public byte* Impacts => impacts;

    /// <summary>Gets the weight of the row.</summary>
    public int Weight => weight;
}
