namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>Normalizes a text before it is split.</summary>
/// <param name="steps">The transformations, in order.</param>
/// <param name="prefix">The prefix added after them, or null.</param>
internal sealed class TextNormalizer(IReadOnlyList<Func<string, string>> steps, TextPrefix? prefix)
{
    /// <summary>Normalizes a text and adds the prefix.</summary>
    /// <param name="text">The text, or a part of it next to an added token.</param>
    /// <param name="isFirst">Whether it is the start of the whole text.</param>
    public string Normalize(string text, bool isFirst)
    {
        var normalized = NormalizeWithoutPrefix(text);
        return prefix is null ? normalized : prefix.AddTo(normalized, isFirst);
    }

    /// <summary>Normalizes a text that occurs inside another text.</summary>
    public string NormalizeWithoutPrefix(string text) => steps.Aggregate(text, (current, step) => step(current));
}
