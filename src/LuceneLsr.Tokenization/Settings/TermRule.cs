using System.Text;
using System.Text.Json.Serialization;
using Lucene.Net.Tartarus.Snowball.Ext;

namespace LuceneLsr.Tokenization.Settings;

/// <summary>What becomes of a term's inflections.</summary>
public enum Stemming
{
    /// <summary>Each surface is a term of its own.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>
    /// Surfaces with one Porter stem are one term (Porter, "An algorithm for suffix stripping", 1980).
    /// </summary>
    [JsonStringEnumMemberName("porter")]
    Porter,
}

/// <summary>
/// Maps a vocabulary entry or a word to an index term that a person can read: white space (the leading-space marker of
/// a token, decoded) and case are folded, then the surface is stemmed.
/// </summary>
/// <param name="Stemming">What becomes of inflections.</param>
public sealed record TermRule(Stemming Stemming = Stemming.None)
{
    [ThreadStatic]
    private static PorterStemmer? s_stemmer; // holds its word as state, so one a thread

    /// <summary>The term of a surface, or null where it holds neither letter nor digit, or no valid text.</summary>
    public string? ToTerm(string surface)
    {
        ArgumentNullException.ThrowIfNull(surface);
        var folded = surface.Trim().ToLowerInvariant();
        if (!folded.EnumerateRunes().Any(Rune.IsLetterOrDigit) || folded.Contains('\uFFFD', StringComparison.Ordinal))
        {
            return null;
        }

        return Stemming == Stemming.Porter ? PorterStem(folded) : folded;
    }

    private static string PorterStem(string word)
    {
        s_stemmer ??= new PorterStemmer();
        s_stemmer.SetCurrent(word);
        s_stemmer.Stem();
        return s_stemmer.Current;
    }
}
