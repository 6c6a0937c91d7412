namespace LuceneLsr.Search.Scoring;

/// <summary>Two rows, which are multiplied and added together.</summary>
internal readonly unsafe struct DenseRowPair(DenseRow first, DenseRow second)
{
    /// <summary>The impacts of the first row.</summary>
    public readonly byte* First = first.Impacts;

    /// <summary>The impacts of the second row.</summary>
    public readonly byte* Second = second.Impacts;

    /// <summary>The weights as two shorts, that of the first row in the lower half.</summary>
    public readonly int Weights = (second.Weight << 16) | first.Weight;
}
