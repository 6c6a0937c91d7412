using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Terms;

/// <summary>Maps tokens to rows of the head.</summary>
internal static class TokenRows
{
    /// <summary>The row of a token without a term.</summary>
    public const int None = -1;

    /// <summary>Maps each token to the row of its term, which several tokens may share.</summary>
    /// <returns>The row of each token, or <see cref="None"/>.</returns>
    public static IReadOnlyList<int> FromTerms(TextTokenizer tokenizer, TermVocabulary terms, TermRule rule)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(rule);
        var rows = FindRowsOfTerms(terms);
        var termOfToken = TermVocabulary.FromTokens(tokenizer, rule);
        return [.. Enumerable.Range(0, tokenizer.VocabularySize)
            .Select(token => termOfToken[token] is { } term ? rows.GetValueOrDefault(term, None) : None)];
    }

    /// <summary>Finds the first row of each term.</summary>
    public static Dictionary<string, int> FindRowsOfTerms(TermVocabulary terms) =>
        Enumerable.Range(0, terms.Count).Where(row => terms[row] is not null)
            .DistinctBy(row => terms[row], StringComparer.Ordinal)
            .ToDictionary(row => terms[row]!, StringComparer.Ordinal);
}
