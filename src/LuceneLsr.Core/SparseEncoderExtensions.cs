namespace LuceneLsr;

/// <summary>Extension methods for <see cref="ISparseEncoder"/>.</summary>
public static class SparseEncoderExtensions
{
    /// <summary>Encodes one text.</summary>
    public static SparseVector Encode(
        this ISparseEncoder encoder, string text, TextSide side, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        return encoder.EncodeAll([text], side, cancellationToken)[0];
    }

    /// <summary>Encodes texts, and checks that the encoder returns a vector for each.</summary>
    /// <exception cref="InvalidOperationException">It returns another number of vectors.</exception>
    internal static IReadOnlyList<SparseVector> EncodeAll(
        this ISparseEncoder encoder, IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken)
    {
        var vectors = encoder.Encode(texts, side, cancellationToken);
        return vectors?.Count == texts.Count && vectors.All(vector => vector is not null)
            ? vectors
            : throw new InvalidOperationException(
                $"The encoder {encoder.Identity?.ToString() ?? encoder.GetType().Name} returned "
                + $"{vectors?.Count(vector => vector is not null) ?? 0} vectors for {texts.Count} texts. It must return "
                + "one for each.");
    }
}
