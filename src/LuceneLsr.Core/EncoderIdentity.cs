namespace LuceneLsr;

/// <summary>Identifies an encoder, so that the stamp of an index can tell which one filled a field.</summary>
/// <param name="Name">A name for messages, such as that of the checkpoint directory. It is not compared.</param>
/// <param name="Fingerprint">
/// A hash of what determines the encoder's vectors: its model, its settings and its terms.
/// </param>
/// <param name="TermRule">How words become index terms, such as "Text, Porter".</param>
public sealed record EncoderIdentity(string Name, string Fingerprint, string TermRule);
