namespace LuceneLsr;

/// <summary>The vector of a text, and where each of its terms comes from.</summary>
/// <param name="Vector">The vector.</param>
/// <param name="Sources">The source of each entry of the vector, in its order.</param>
public sealed record SourcedVector(SparseVector Vector, IReadOnlyList<TermSource> Sources)
{
    /// <summary>Gets the vector without terms.</summary>
    public static SourcedVector Empty { get; } = new(SparseVector.Empty, []);
}
