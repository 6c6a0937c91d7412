namespace LuceneLsr.Orleans.Messages;

/// <summary>A sparse vector in a compact form for messages.</summary>
[GenerateSerializer]
[Immutable]
[Alias("LuceneLsr.Orleans.EncodedVector")]
internal sealed class EncodedVector(SparseVector vector)
{
    [Id(0)]
    private readonly string[] _terms = [.. vector.Entries.Select(entry => entry.Term)];

    [Id(1)]
    private readonly float[] _weights = [.. vector.Entries.Select(entry => entry.Weight)];

    /// <summary>Returns the vector.</summary>
    public SparseVector ToVector() => new(_terms.Zip(_weights, (term, weight) => new TermWeight(term, weight)));
}
