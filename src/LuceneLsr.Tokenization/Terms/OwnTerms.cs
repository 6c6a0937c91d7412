using System.Text;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Terms;

/// <summary>
/// Finds the terms that a text itself contains: those of its words that are one token. Words that the vocabulary splits
/// or lacks are left to <see cref="WholeWords"/>.
/// </summary>
internal sealed class OwnTerms
{
    private readonly IReadOnlyList<int> _rowOfToken;
    private readonly bool[] _canContinueWord; // by token: starts with a letter or digit, without a space before it
    private readonly bool[] _canBeContinued;  // by token: ends with a letter or digit

    /// <summary>Creates a finder.</summary>
    public OwnTerms(TextTokenizer tokenizer, TermVocabulary terms, TermRule rule)
    {
        _rowOfToken = TokenRows.FromTerms(tokenizer, terms, rule);
        Rune[][] surfaces = [.. Enumerable.Range(0, tokenizer.VocabularySize).Select(token =>
            tokenizer.GetSurface(token) is { } surface ? surface.EnumerateRunes().ToArray() : [])];
        _canContinueWord = [.. surfaces.Select((surface, token) =>
            surface is [var first, ..] && Rune.IsLetterOrDigit(first) && !tokenizer.StartsWord(token))];
        _canBeContinued = [.. surfaces.Select(surface => surface is [.., var last] && Rune.IsLetterOrDigit(last))];
    }

    /// <summary>Counts how often a text contains each term, by head row.</summary>
    public IReadOnlyDictionary<int, int> CountRows(IReadOnlyList<int> tokens) => FindWords(tokens)
        .CountBy(word => word.Row).ToDictionary();

    /// <summary>Finds the words of one token that are terms, by head row, in the order of the text.</summary>
    public IEnumerable<(int Row, int Position)> FindWords(IReadOnlyList<int> tokens) => FindTokens(tokens)
        .Where(token => !AreOneWord(tokens, token.Position - 1) && !AreOneWord(tokens, token.Position));

    /// <summary>Finds the tokens that are terms, also parts of words, by head row, in the order of the text.</summary>
    public IEnumerable<(int Row, int Position)> FindTokens(IReadOnlyList<int> tokens) =>
        tokens.Select((token, position) => (Row: _rowOfToken[token], position))
            .Where(token => token.Row != TokenRows.None);

    // Whether the token at a position and the next one belong to the same word.
    private bool AreOneWord(IReadOnlyList<int> tokens, int position) =>
        position >= 0 && position + 1 < tokens.Count
        && _canBeContinued[tokens[position]] && _canContinueWord[tokens[position + 1]];
}
