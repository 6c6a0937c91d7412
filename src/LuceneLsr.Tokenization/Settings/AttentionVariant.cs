using System.Text.Json.Serialization;

namespace LuceneLsr.Tokenization.Settings;

/// <summary>How far a position sees while a causal LM reads a text (CSPLADE, arXiv 2504.10816, section 3).</summary>
public enum AttentionVariant
{
    /// <summary>Each position sees itself and what stands before it, as the LM was trained.</summary>
    [JsonStringEnumMemberName("causal")]
    Causal,

    /// <summary>Each position sees the whole text: the causal mask is removed.</summary>
    [JsonStringEnumMemberName("bi")]
    Bidirectional,

    /// <summary>The text is fed twice under the causal mask and only the second copy is pooled.</summary>
    [JsonStringEnumMemberName("echo")]
    Echo,
}
