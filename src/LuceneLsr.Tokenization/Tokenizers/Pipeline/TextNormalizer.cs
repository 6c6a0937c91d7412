namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>Normalizes a text before it is split.</summary>
/// <param name="steps">The transformations, in order.</param>
/// <param name="prefix">The prefix that is added after them, or null.</param>
internal sealed class TextNormalizer(IReadOnlyList<NormalizerStep> steps, TextPrefix? prefix)
{
    /// <summary>Normalizes a text, a part of it, or an added token.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isFirst">Whether it is the start of the whole text.</param>
    public string Normalize(string text, bool isFirst)
    {
        var normalized = ApplySteps(text);
        return prefix is { IsNormalization: true } ? prefix.AddTo(normalized, isFirst) : normalized;
    }

    /// <summary>Aligns the result of <see cref="Normalize"/> with the whole text.</summary>
    /// <param name="part">The text or the part of it.</param>
    /// <param name="start">The start of the part.</param>
    public TextAlignment Align(string part, int start)
    {
        var (normalized, aligned) = (part, TextAlignment.OfPart(start, part.Length));
        foreach (var step in steps)
        {
            aligned = aligned.Edit(step.Split(normalized));
            normalized = step.Apply(normalized);
        }

        if (prefix is not { IsNormalization: true } || prefix.AddTo(normalized, start == 0) == normalized)
        {
            return aligned;
        }

        var prefixed = new TextAlignment();
        prefixed.AppendInserted(start);
        prefixed.Append(aligned, 0, aligned.Length);
        return prefixed;
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

    private string ApplySteps(string text) => steps.Aggregate(text, (current, step) => step.Apply(current));
}
