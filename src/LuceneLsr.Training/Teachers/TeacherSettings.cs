namespace LuceneLsr.Training.Teachers;

/// <summary>
/// A sentence encoder and how it reads texts. Vectors of different settings are not comparable.
/// </summary>
/// <param name="Fingerprint">The fingerprint of the encoder's files.</param>
/// <param name="Pooling">How the encoder pools its hidden states.</param>
/// <param name="Prefix">What precedes each text of a side.</param>
/// <param name="MaxTokens">The maximum number of tokens of a text.</param>
public sealed record TeacherSettings(string Fingerprint, string Pooling, PerSide<string> Prefix, int MaxTokens);
