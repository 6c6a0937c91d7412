using System.Text.RegularExpressions;
using LuceneLsr.Tokenization.Settings;

namespace LuceneLsr.Playground.Searching;

/// <summary>Finds the index terms of the words that a text contains, which tells them from its expansion.</summary>
internal static partial class OwnTerms
{
    /// <summary>Returns the terms of a text's words.</summary>
    public static IReadOnlySet<string> Find(string text, TermRule rule) =>
        Word().Matches(text).Select(word => rule.ToTerm(word.Value)).OfType<string>().ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"[\p{L}\p{N}\p{M}]+")]
    private static partial Regex Word();
}
