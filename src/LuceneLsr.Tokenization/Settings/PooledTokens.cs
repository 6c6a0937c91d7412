using System.Text.Json.Serialization;

namespace LuceneLsr.Tokenization.Settings;

/// <summary>
/// The positions that are pooled: their logits or, with <see cref="TermPooling.Mean"/>, their states. Padding is never
/// pooled, nor is the first copy of a text under <see cref="AttentionVariant.Echo"/>.
/// </summary>
public enum PooledTokens
{
    /// <summary>The positions of the text.</summary>
    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>The positions of the prefix and the text.</summary>
    [JsonStringEnumMemberName("prefix_and_text")]
    PrefixAndText,

    /// <summary>
    /// All positions, including beginning- and end-of-sequence tokens. Use it only for checkpoints trained this way:
    /// the first token is an attention sink, whose largest logits are the same for every text.
    /// </summary>
    [JsonStringEnumMemberName("all")]
    All,
}
