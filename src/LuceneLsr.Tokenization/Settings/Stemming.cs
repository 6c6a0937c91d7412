using System.Text.Json.Serialization;

namespace LuceneLsr.Tokenization.Settings;

/// <summary>How inflections of a term are treated.</summary>
public enum Stemming
{
    /// <summary>Each surface form is a separate term.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>
    /// Surface forms with the same Porter stem are one term (Porter, "An algorithm for suffix stripping", 1980).
    /// </summary>
    [JsonStringEnumMemberName("porter")]
    Porter,
}
