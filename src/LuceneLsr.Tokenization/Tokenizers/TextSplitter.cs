using System.Text;

namespace LuceneLsr.Tokenization.Tokenizers;

/// <summary>A part of a normalized text.</summary>
/// <param name="Text">The part.</param>
/// <param name="Token">The added token that it is, or null for a word.</param>
/// <param name="IsDropped">Whether no token stands for it.</param>
internal readonly record struct TextPiece(string Text, int? Token, bool IsDropped);

/// <summary>
/// Splits a text into added tokens and words: tokens of the raw text first; what lies between is normalized, tokens of
/// the normalized text are found, and the rest is split into words.
/// </summary>
internal sealed class TextSplitter
{
    private static readonly UTF8Encoding Utf8 = new();

    private readonly TextNormalizer _normalizer;
    private readonly PreTokenizer _preTokenizer;
    private readonly AddedTokenFinder _rawTokens;
    private readonly AddedTokenFinder _normalizedTokens;

    /// <summary>Prepares a tokenizer's steps.</summary>
    public TextSplitter(TokenizerDefinition definition)
    {
        (_normalizer, _preTokenizer) = (definition.Normalizer, definition.PreTokenizer);
        var ordinary = definition.AddedTokens.Where(token => !token.IsSpecial).ToLookup(token => token.IsNormalized);
        _rawTokens = new AddedTokenFinder(ordinary[false].Select(token => (token.Content, token.Id)));
        _normalizedTokens = new AddedTokenFinder(
            ordinary[true].Select(token => (_normalizer.WithoutPrefix(token.Content), token.Id)));
    }

    /// <summary>The pieces of a text, in order, without a gap between them.</summary>
    public IEnumerable<TextPiece> Split(string text)
    {
        var source = WellFormed(text);
        return Parts(_rawTokens, source, (part, start) =>
            Parts(_normalizedTokens, _normalizer.Normalize(part, isFirst: start == 0), (rest, _) => Words(rest)));
    }

    /// <summary>The pieces of a text that follows a space inside another.</summary>
    public IEnumerable<TextPiece> SplitInside(string text) =>
        Words(_normalizer.WithoutPrefix(" " + WellFormed(text)));

    private static IEnumerable<TextPiece> Parts(
        AddedTokenFinder tokens, string text, Func<string, int, IEnumerable<TextPiece>> between) =>
        tokens.Find(text).SelectMany(found => found.Token is not null
            ? [new TextPiece(found.Text, found.Token, IsDropped: false)]
            : between(found.Text, found.Start));

    private IEnumerable<TextPiece> Words(string text) => _preTokenizer.Split(text)
        .Select(part => new TextPiece(text.Substring(part.Start, part.Length), Token: null, part.IsDropped));

    // A surrogate without its other half becomes U+FFFD, as in UTF-8; normalization forms are not defined for it.
    private static string WellFormed(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0
        ? text
        : Utf8.GetString(Utf8.GetBytes(text));
}
