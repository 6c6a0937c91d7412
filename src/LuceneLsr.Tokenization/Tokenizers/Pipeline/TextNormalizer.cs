namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>Normalizes a text before it is split.</summary>
/// <param name="steps">The transformations, in order.</param>
/// <param name="prefix">The prefix that is added after them, or null.</param>
internal sealed class TextNormalizer(IReadOnlyList<Func<string, string>> steps, TextPrefix? prefix)
{
    /// <summary>Normalizes a text, a part of it, or an added token.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isFirst">Whether it is the start of the whole text.</param>
    public string Normalize(string text, bool isFirst)
    {
        var normalized = ApplySteps(text);
        return prefix is { IsNormalization: true } ? prefix.AddTo(normalized, isFirst) : normalized;
    }

    /// <summary>Adds the prefix to a part of a normalized text between added tokens, where it applies.</summary>
    /// <param name="part">The part.</param>
    /// <param name="isFirst">Whether it is the start of the whole text.</param>
    public string AddPrefix(string part, bool isFirst) =>
        prefix is { IsNormalization: false } ? prefix.AddTo(part, isFirst) : part;

    /// <summary>Normalizes a word that follows a space inside another text.</summary>
    public string NormalizeInside(string word)
    {
        var normalized = ApplySteps(" " + word);
        return prefix is null || normalized.StartsWith(prefix.Space) // steps may remove a space at the start
            ? normalized
            : prefix.Space + normalized;
    }

    private string ApplySteps(string text) => steps.Aggregate(text, (current, step) => step(current));
}
