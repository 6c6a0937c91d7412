using System.Text.RegularExpressions;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Terms;

/// <summary>
/// Finds the words of a text that a vocabulary splits into several pieces. An index takes any string as a term, so such
/// a word (a name, a code, a part number) can stand whole beside its learned pieces and match exactly.
/// </summary>
public sealed partial class WholeWords(TextTokenizer tokenizer, TermRule rule)
{
    /// <summary>What a word is: letters, digits and their marks.</summary>
    public const string WordPattern = @"[\p{L}\p{N}\p{M}]+";

    private const int LongestWord = 64; // what is longer is data (encoded bytes, sequences), not a word

    /// <summary>The distinct terms of the words that are split.</summary>
    public IReadOnlySet<string> SplitTerms(string text)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal);
        foreach (var match in Word().EnumerateMatches(text))
        {
            var word = text.Substring(match.Index, match.Length);
            if (word.Length <= LongestWord && tokenizer.CountPieces(word) > 1 && rule.ToTerm(word) is { } term)
            {
                terms.Add(term);
            }
        }

        return terms;
    }

    [GeneratedRegex(WordPattern)]
    private static partial Regex Word();
}
