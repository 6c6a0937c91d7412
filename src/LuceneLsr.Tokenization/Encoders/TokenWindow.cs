namespace LuceneLsr.Tokenization.Encoders;

/// <summary>A window of a text's tokens that the model reads at once.</summary>
/// <param name="Text">The index of the text.</param>
/// <param name="Start">The index of the window's first token in the text.</param>
/// <param name="Tokens">The tokens.</param>
internal sealed record TokenWindow(int Text, int Start, IReadOnlyList<int> Tokens)
{
    /// <summary>
    /// Splits a text into windows of up to <paramref name="length"/> tokens that start <paramref name="stride"/> tokens
    /// apart. An empty text has none.
    /// </summary>
    public static IEnumerable<TokenWindow> Split(int text, int[] tokens, int length, int stride)
    {
        if (tokens.Length == 0)
        {
            yield break;
        }

        var start = 0;
        for (; start + length < tokens.Length; start += stride)
        {
            yield return new(text, start, new ArraySegment<int>(tokens, start, length));
        }

        yield return new(text, start, new ArraySegment<int>(tokens, start, tokens.Length - start));
    }
}
