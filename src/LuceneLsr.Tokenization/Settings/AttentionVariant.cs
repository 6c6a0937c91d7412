using System.Text.Json.Serialization;

namespace LuceneLsr.Tokenization.Settings;

/// <summary>The attention of a model that encodes a text (CSPLADE, arXiv 2504.10816, section 3).</summary>
public enum AttentionVariant
{
    /// <summary>
    /// Each position attends to itself and to earlier positions, as in the pretraining of a causal LM.
    /// </summary>
    [JsonStringEnumMemberName("causal")]
    Causal,

    /// <summary>Each position attends to the whole text, as in the pretraining of a masked LM.</summary>
    [JsonStringEnumMemberName("bi")]
    Bidirectional,

    /// <summary>The model reads the text twice under the causal mask, and only the second copy is pooled.</summary>
    [JsonStringEnumMemberName("echo")]
    Echo,
}
