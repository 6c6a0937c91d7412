using System.Text.Json.Serialization;

namespace LuceneLsr.Tokenization.Settings;

/// <summary>The function f that keeps large logits from dominating a vector.</summary>
public enum Saturation
{
    /// <summary>f(x) = log(1 + x), as in SPLADE (arXiv 2107.05720).</summary>
    [JsonStringEnumMemberName("log")]
    Log,

    /// <summary>f(x) = log(1 + log(1 + x)), as in OpenSearch's third models (arXiv 2504.14839).</summary>
    [JsonStringEnumMemberName("log_log")]
    LogLog,
}
