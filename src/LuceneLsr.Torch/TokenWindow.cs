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
    public static IEnumerable<TokenWindow> Cover(int text, IReadOnlyList<int> tokens, int length, int stride)
    {
        if (tokens.Count == 0)
        {
            yield break;
        }

        var start = 0;
        for (; start + length < tokens.Count; start += stride)
        {
            yield return new(text, [.. tokens.Skip(start).Take(length)]);
        }

        yield return new(text, start == 0 ? tokens : [.. tokens.Skip(start)]);
    }
}
