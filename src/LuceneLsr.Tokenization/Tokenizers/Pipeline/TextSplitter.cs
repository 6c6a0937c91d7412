using System.Text;

namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>
/// Splits a text into added tokens and words. It finds added tokens in the raw text, normalizes the parts between them,
/// finds added tokens in the normalized text, and splits the rest into words.
/// </summary>
internal sealed class TextSplitter
{
    private readonly TextNormalizer _normalizer;
    private readonly PreTokenizer _preTokenizer;
    private readonly AddedTokenFinder _rawTokens;
    private readonly AddedTokenFinder _normalizedTokens;

    /// <summary>Creates the splitter of a tokenizer.</summary>
    public TextSplitter(TokenizerDefinition definition)
    {
        (_normalizer, _preTokenizer) = (definition.Normalizer, definition.PreTokenizer);
        var ordinary = definition.AddedTokens.Where(token => !token.IsSpecial).ToLookup(token => token.IsNormalized);
        _rawTokens = new AddedTokenFinder(ordinary[false].Select(token => (token.Content, token.Id)));
        _normalizedTokens = new AddedTokenFinder(
            ordinary[true].Select(token => (_normalizer.Normalize(token.Content, isFirst: false), token.Id)));
    }

    /// <summary>Splits a text into adjacent pieces.</summary>
    public IEnumerable<TextPiece> Split(string text)
    {
        var source = MakeWellFormed(text);
        return SplitAround(_rawTokens, source, (part, start) => SplitAround(
            _normalizedTokens, _normalizer.Normalize(part, isFirst: start == 0), (rest, offset) =>
                SplitIntoWords(_normalizer.AddPrefix(rest, isFirst: start + offset == 0))));
    }

    /// <summary>Aligns the pieces of <see cref="Split"/>, joined, with the text.</summary>
    public TextAlignment Align(string text)
    {
        var aligned = new TextAlignment();
        foreach (var (part, start, token) in _rawTokens.Find(MakeWellFormed(text))) // of the same length
        {
            if (token is not null)
            {
                aligned.AppendUnchanged(start, part.Length);
            }
            else
            {
                AppendNormalized(part, start, aligned);
            }
        }

        return aligned;
    }

    /// <summary>Splits a text that follows a space inside another text.</summary>
    public IEnumerable<TextPiece> SplitInside(string text) =>
        SplitIntoWords(_normalizer.NormalizeInside(MakeWellFormed(text)));

    private void AppendNormalized(string part, int start, TextAlignment aligned)
    {
        var normalized = _normalizer.Align(part, start);
        foreach (var (rest, offset, token) in _normalizedTokens.Find(
            _normalizer.Normalize(part, isFirst: start == 0)))
        {
            if (token is null && _normalizer.AddPrefix(rest, isFirst: start + offset == 0) != rest)
            {
                aligned.AppendInserted(normalized.GetStart(offset));
            }

            aligned.Append(normalized, offset, rest.Length);
        }
    }

    private static IEnumerable<TextPiece> SplitAround(
        AddedTokenFinder tokens, string text, Func<string, int, IEnumerable<TextPiece>> between) =>
        tokens.Find(text).SelectMany(found => found.Token is not null
            ? [new TextPiece(found.Text, found.Token, IsDropped: false)]
            : between(found.Text, found.Start));

    private IEnumerable<TextPiece> SplitIntoWords(string text) => _preTokenizer.Split(text)
        .Select(part => new TextPiece(text.Substring(part.Start, part.Length), Token: null, part.IsDropped));

    // Replaces lone surrogates with U+FFFD, because Unicode normalization is not defined for them.
    private static string MakeWellFormed(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0
        ? text
        : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
