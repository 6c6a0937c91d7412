using System.Text;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Terms;

/// <summary>
/// Finds the terms that a text itself contains: those of its words that are one token. Words that the vocabulary splits
/// are left to <see cref="WholeWords"/>.
/// </summary>
internal sealed class OwnTerms
{
    private readonly IReadOnlyList<int> _rowOfToken;
    private readonly bool[] _continuesWord;

    /// <summary>Creates a finder.</summary>
    public OwnTerms(TextTokenizer tokenizer, TermVocabulary terms, TermRule rule)
    {
        _rowOfToken = TokenRows.FromTerms(tokenizer, terms, rule);
        _continuesWord = [.. Enumerable.Range(0, tokenizer.VocabularySize).Select(token =>
            tokenizer.GetSurface(token) is { } surface && !tokenizer.StartsWord(token)
            && surface.EnumerateRunes().Any(Rune.IsLetterOrDigit))];
    }

    /// <summary>Finds the distinct head rows of a text's terms.</summary>
    public IReadOnlySet<int> FindRows(IReadOnlyList<int> tokens)
    {
        var rows = new HashSet<int>();
        for (var position = 0; position < tokens.Count; position++)
        {
            var isWord = !_continuesWord[tokens[position]]
                && (position + 1 == tokens.Count || !_continuesWord[tokens[position + 1]]);
            if (isWord && _rowOfToken[tokens[position]] is var row and not TokenRows.None)
            {
                rows.Add(row);
            }
        }

        return rows;
    }
}
