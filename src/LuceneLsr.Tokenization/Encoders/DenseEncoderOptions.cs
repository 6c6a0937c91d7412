namespace LuceneLsr.Tokenization.Encoders;

/// <summary>How a sentence encoder reads texts. A model's authors say which values it was trained with.</summary>
public sealed record DenseEncoderOptions
{
    /// <summary>Gets how hidden states are pooled.</summary>
    public DensePooling Pooling { get; init; } = DensePooling.Mean;

    /// <summary>
    /// Gets the text put before each text, such as "Represent this sentence for searching relevant passages: ".
    /// </summary>
    public PerSide<string> Prefix { get; init; } = new("", "");

    /// <summary>
    /// Gets the maximum number of tokens of a text, with prefix and special tokens. Longer texts are truncated.
    /// </summary>
    public int MaxTokens
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(MaxTokens), value, "The maximum number of tokens must be at least 1.");
    } = 256;

    /// <summary>Gets whether vectors are scaled to length 1, so that inner products are cosines.</summary>
    public bool Normalize { get; init; } = true;
}
