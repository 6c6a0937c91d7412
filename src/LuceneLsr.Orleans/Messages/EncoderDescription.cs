namespace LuceneLsr.Orleans.Messages;

/// <summary>The encoder of a silo.</summary>
/// <param name="VocabularyId">The id of its term space.</param>
/// <param name="Name">The name of its identity, or null if it has none.</param>
/// <param name="Fingerprint">The fingerprint of its identity.</param>
/// <param name="TermRule">The term rule of its identity.</param>
[GenerateSerializer]
[Immutable]
[Alias("LuceneLsr.Orleans.EncoderDescription")]
internal sealed record EncoderDescription(
    [property: Id(0)] string VocabularyId, [property: Id(1)] string? Name, [property: Id(2)] string? Fingerprint,
    [property: Id(3)] string? TermRule)
{
    /// <summary>Gets the identity of the encoder, or null if it has none.</summary>
    public EncoderIdentity? Identity => Name is null ? null : new(Name, Fingerprint!, TermRule!);

    /// <summary>Describes an encoder.</summary>
    public static EncoderDescription Create(ISparseEncoder encoder) => new(
        encoder.VocabularyId, encoder.Identity?.Name, encoder.Identity?.Fingerprint, encoder.Identity?.TermRule);

    /// <summary>Returns whether both encoders give the same vectors. Names may differ.</summary>
    public bool IsSameEncoder(EncoderDescription other) =>
        VocabularyId == other.VocabularyId && Identity == other.Identity;

    /// <summary>Returns the identity, or the vocabulary of an encoder without one.</summary>
    public override string ToString() => Identity?.ToString() ?? $"with the vocabulary '{VocabularyId}'";
}
