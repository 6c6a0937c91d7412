using System.Text.Json.Serialization;

namespace LuceneLsr.Tokenization.Settings;

/// <summary>
/// Which positions of what a model reads give terms their weights. Padding never does, nor the first copy of a text
/// under <see cref="AttentionVariant.Echo"/>.
/// </summary>
public enum PooledTokens
{
    /// <summary>Those of the text.</summary>
    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>Those of the prefix too.</summary>
    [JsonStringEnumMemberName("prefix_and_text")]
    PrefixAndText,

    /// <summary>
    /// Those of the beginning of the sequence too: for checkpoints that were trained so, as it is an attention sink,
    /// whose largest logits are the same for every text.
    /// </summary>
    [JsonStringEnumMemberName("all")]
    All,
}
