namespace LuceneLsr;

/// <summary>Extension methods for <see cref="ISparseEncoder"/>.</summary>
public static class SparseEncoderExtensions
{
    /// <summary>Encodes one text.</summary>
    public static SparseVector Encode(
        this ISparseEncoder encoder, string text, TextSide side, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        return encoder.Encode([text], side, cancellationToken)[0];
    }
}
