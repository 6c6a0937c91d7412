using System.Text.RegularExpressions;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Terms;

/// <summary>
/// Finds the words of a text that a vocabulary splits into several pieces. Such a word (a name, a code, a part number)
/// becomes a term of its own next to its pieces, so that it matches exactly.
/// </summary>
internal sealed partial class WholeWords(TextTokenizer tokenizer, TermRule rule)
{
    /// <summary>The regular expression for words: runs of letters, digits and combining marks.</summary>
    public const string WordPattern = @"[\p{L}\p{N}\p{M}]+";

    private const int MaxWordLength = 64; // longer runs are data, such as Base64 or DNA sequences

    /// <summary>Finds the distinct terms of words that are split into several pieces.</summary>
    public IReadOnlySet<string> FindSplitTerms(string text)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal);
        foreach (var match in Word().EnumerateMatches(text))
        {
            var word = text.Substring(match.Index, match.Length);
            if (word.Length <= MaxWordLength && tokenizer.CountPieces(word) > 1 && rule.ToTerm(word) is { } term)
            {
                terms.Add(term);
            }
        }

        return terms;
    }

    [GeneratedRegex(WordPattern)]
    private static partial Regex Word();
}
