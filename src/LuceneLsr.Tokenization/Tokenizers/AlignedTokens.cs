using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Tokenization.Tokenizers;

/// <summary>The tokens of a text, and the parts of the text that they come from.</summary>
/// <param name="Text">The text.</param>
/// <param name="Ids">The ids of the tokens.</param>
/// <param name="Spans">The span of the normalized text that each token covers.</param>
/// <param name="CoveredText">The part of the normalized text that all tokens cover.</param>
/// <param name="Alignment">The text that each char of the normalized text comes from.</param>
internal sealed record AlignedTokens(
    string Text, IReadOnlyList<int> Ids, IReadOnlyList<(int Start, int End)> Spans, string CoveredText,
    TextAlignment Alignment)
{
    /// <summary>
    /// Gets the range of the text that a token comes from, without white space at both ends. Returns null for a token
    /// of white space only.
    /// </summary>
    public TextRange? GetRange(int token) => GetRange(Spans[token].Start, Spans[token].End);

    /// <summary>Gets the range of the text that a span of the covered text comes from.</summary>
    public TextRange? GetRange(int start, int end) => Alignment.ToOriginal(start, end, Text);
}
