namespace LuceneLsr.Training.Teachers;

/// <summary>What produced the vectors of a teacher. Vectors with different headers are not comparable.</summary>
/// <param name="Fingerprint">The fingerprint of the sentence encoder's files.</param>
/// <param name="Dimension">The number of components of a vector.</param>
/// <param name="Pooling">How the encoder pools its hidden states.</param>
/// <param name="Prefix">What precedes each text of a side.</param>
/// <param name="MaxTokens">The maximum number of tokens of a text.</param>
internal sealed record VectorsHeader(
    string Fingerprint, int Dimension, string Pooling, PerSide<string> Prefix, int MaxTokens);
