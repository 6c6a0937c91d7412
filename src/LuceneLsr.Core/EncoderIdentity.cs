namespace LuceneLsr;

/// <summary>
/// Identifies an encoder, so that the stamp of an index records which one filled a field. Identities with one
/// fingerprint are equal.
/// </summary>
/// <param name="Name">A name for messages, such as that of the checkpoint directory.</param>
/// <param name="Fingerprint">
/// A hash of what determines the encoder's vectors: its model, its settings and its terms.
/// </param>
/// <param name="TermRule">How words become index terms, such as "Text, Porter".</param>
public sealed record EncoderIdentity(string Name, string Fingerprint, string TermRule)
{
    /// <summary>Returns whether another identity has the same fingerprint.</summary>
    public bool Equals(EncoderIdentity? other) => Fingerprint == other?.Fingerprint;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Fingerprint);

    /// <summary>Returns the name, the fingerprint and the term rule.</summary>
    public override string ToString() => $"'{Name}' ({Fingerprint}; {TermRule})";
}
