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

    /// <summary>Returns whether both are the same encoder, as far as their identities tell. Names may differ.</summary>
    public bool IsSameEncoder(EncoderDescription other) =>
        VocabularyId == other.VocabularyId && Identity == other.Identity;

    /// <summary>Returns a name for messages.</summary>
    public override string ToString() => Identity is { } identity
        ? $"the encoder {identity}"
        : $"an encoder without a name for the vocabulary '{VocabularyId}'";
}
