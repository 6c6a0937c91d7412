using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Encoders;

/// <summary>Describes where the terms of a text come from.</summary>
internal sealed class TermSources
{
    private readonly string _text;
    private readonly Dictionary<string, TextRange?> _occurrences = new(StringComparer.Ordinal);
    private readonly Dictionary<string, float> _lexicalWeights;
    private readonly Dictionary<string, float> _wholeWordWeights;

    /// <summary>Creates the sources of a text.</summary>
    /// <param name="space">The term space.</param>
    /// <param name="text">The text.</param>
    /// <param name="side">Its side.</param>
    public TermSources(TermSpace space, AlignedTokens text, TextSide side)
    {
        _text = text.Text;
        foreach (var (term, range) in space.FindOwnTerms(text))
        {
            _occurrences.TryAdd(term, range);
        }

        _lexicalWeights = space.FindLexicalWeights(text.Ids, side)
            .ToDictionary(row => space.Terms[row.Row]!, row => row.Weight, StringComparer.Ordinal);
        _wholeWordWeights = space.ComputeWholeWordWeights(text.Ids.Count, text.CoveredText, side)
            .ToDictionary(word => word.Term, word => word.Weight, StringComparer.Ordinal);
    }

    /// <summary>Finds the source of a term.</summary>
    /// <param name="entry">The term and its weight in the vector.</param>
    /// <param name="origin">The token that gave it the model's part of its weight, or null if unknown.</param>
    public TermSource Find(TermWeight entry, TextRange? origin)
    {
        var (term, weight) = entry;
        var isOwn = _occurrences.TryGetValue(term, out var occurrence);
        var isWholeWord = _wholeWordWeights.TryGetValue(term, out var wordWeight) && wordWeight >= weight;
        var lexical = isWholeWord ? weight : Math.Min(weight, _lexicalWeights.GetValueOrDefault(term));
        var word = lexical > weight / 2 ? occurrence : origin ?? occurrence;
        return new TermSource(
            term, weight,
            isWholeWord ? TermKind.WholeWord : isOwn ? TermKind.Own : TermKind.Expansion,
            lexical,
            word is { } range ? WordRange.Extend(_text, range) : null);
    }
}
