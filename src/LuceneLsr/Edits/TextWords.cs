using System.Text.RegularExpressions;

namespace LuceneLsr.Edits;

/// <summary>Finds the words of a text where no encoder's rule for terms is given.</summary>
internal static partial class TextWords
{
    /// <summary>Returns the runs of letters, digits and combining marks of a text, in lower case.</summary>
    public static IEnumerable<string> Find(string text) =>
        Word().Matches(text).Select(match => match.Value.ToLowerInvariant());

    [GeneratedRegex(@"[\p{L}\p{N}\p{M}]+")]
    private static partial Regex Word();
}
