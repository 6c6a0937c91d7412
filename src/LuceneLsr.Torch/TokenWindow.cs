namespace LuceneLsr.Torch;

/// <summary>Some tokens of a text that the model reads at once: all of them, unless the text is too long for that.</summary>
/// <param name="Text">The text's number.</param>
/// <param name="Tokens">The tokens.</param>
internal sealed record TokenWindow(int Text, IReadOnlyList<int> Tokens)
{
    /// <summary>
    /// Covers a text's tokens: windows of at most <paramref name="length"/> tokens, each beginning <paramref
    /// name="stride"/> after the one before; none where there are no tokens.
    /// </summary>
    public static IEnumerable<TokenWindow> Cover(int text, int[] tokens, int length, int stride)
    {
        if (tokens.Length == 0)
        {
            yield break;
        }

        var start = 0;
        for (; start + length < tokens.Length; start += stride)
        {
            yield return new(text, new ArraySegment<int>(tokens, start, length));
        }

        yield return new(text, new ArraySegment<int>(tokens, start, tokens.Length - start));
    }
}
