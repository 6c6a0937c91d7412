namespace LuceneLsr.Tokenization.Tokenizers;

/// <summary>What is done to a text before it is split.</summary>
/// <param name="steps">Changes of the text, in order.</param>
/// <param name="prefix">What is then put before it.</param>
internal sealed class TextNormalizer(IReadOnlyList<Func<string, string>> steps, TextPrefix? prefix)
{
    /// <summary>The text, with its prefix.</summary>
    /// <param name="text">The text, or a part of it beside an added token.</param>
    /// <param name="isFirst">Whether it is the text's beginning.</param>
    public string Normalize(string text, bool isFirst)
    {
        var normalized = WithoutPrefix(text);
        return prefix is null ? normalized : prefix.Before(normalized, isFirst);
    }

    /// <summary>The text as it would stand inside another.</summary>
    public string WithoutPrefix(string text) => steps.Aggregate(text, (current, step) => step(current));
}

/// <summary>A space, as the vocabulary writes it, that is put before a text.</summary>
/// <param name="Space">The space.</param>
/// <param name="IsDoubled">Whether it is also put before a space.</param>
/// <param name="IsOnlyFirst">Whether it is put before the text's beginning only, not after an added token.</param>
internal sealed record TextPrefix(char Space, bool IsDoubled, bool IsOnlyFirst)
{
    /// <summary>The text with the prefix where it belongs.</summary>
    public string Before(string text, bool isFirst) =>
        text.Length == 0 || (IsOnlyFirst && !isFirst) || (text[0] == Space && !IsDoubled) ? text : Space + text;
}
