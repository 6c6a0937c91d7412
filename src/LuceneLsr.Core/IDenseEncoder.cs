namespace LuceneLsr;

/// <summary>
/// Encodes texts as dense vectors, whose inner products are similarities. Thread-safe: vectors may be computed on
/// several threads at once.
/// </summary>
public interface IDenseEncoder : IDisposable
{
    /// <summary>Encodes texts. Returns one vector per text, in order, all of the same length.</summary>
    IReadOnlyList<float[]> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default);
}
