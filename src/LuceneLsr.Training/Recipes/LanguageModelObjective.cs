using System.Text.Json.Serialization;

namespace LuceneLsr.Training.Recipes;

/// <summary>The objective of a language model.</summary>
public enum LanguageModelObjective
{
    /// <summary>Cross-entropy on the logits.</summary>
    [JsonStringEnumMemberName("plain")]
    Plain,

    /// <summary>
    /// Cross-entropy on the logits plus cross-entropy on log(1 + ReLU(logits)) (CSPLADE, arXiv 2504.10816, section
    /// 3.1).
    /// </summary>
    [JsonStringEnumMemberName("adaptation")]
    Adaptation,
}
