using System.Text.RegularExpressions;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Terms;

/// <summary>
/// Finds the words of a text that the model has no head row for: those that the tokenizer splits into several pieces (a
/// name, a code, a part number), and those whose term the vocabulary lacks. Such a word becomes a term of its own, so
/// that it matches exactly.
/// </summary>
internal sealed partial class WholeWords(TextTokenizer tokenizer, TermVocabulary terms, TermRule rule)
{
    /// <summary>The regular expression for words: runs of letters, digits and combining marks.</summary>
    public const string WordPattern = @"[\p{L}\p{N}\p{M}]+";

    private const int MaxWordLength = 64; // longer runs are data, such as Base64 or DNA sequences

    private readonly HashSet<string> _modelTerms = [.. terms.GetDistinctTerms()];

    /// <summary>Returns all words of a text.</summary>
    public static IEnumerable<string> Split(string text) => Word().Matches(text).Select(match => match.Value);

    /// <summary>Counts how often a text contains the term of each such word.</summary>
    public IReadOnlyDictionary<string, int> CountTerms(string text) => Find(text)
        .CountBy(word => word.Term, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);

    /// <summary>Finds these words of a text, in its order.</summary>
    public IEnumerable<(string Term, TextRange Range)> Find(string text)
    {
        for (var match = Word().Match(text); match.Success; match = match.NextMatch())
        {
            if (match.Length <= MaxWordLength && rule.ToTerm(match.Value) is { } term
                && (!_modelTerms.Contains(term) || tokenizer.CountPieces(match.Value) > 1))
            {
                yield return (term, new TextRange(match.Index, match.Length));
            }
        }
    }

    [GeneratedRegex(WordPattern)]
    private static partial Regex Word();
}
