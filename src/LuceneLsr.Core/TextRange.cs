namespace LuceneLsr;

/// <summary>A range of a text, in chars.</summary>
/// <param name="Start">The index of its first char.</param>
/// <param name="Length">Its length, at least 1.</param>
public readonly record struct TextRange(int Start, int Length)
{
    /// <summary>Gets the index after its last char.</summary>
    public int End => Start + Length;

    /// <summary>Gets the part of a text that the range covers.</summary>
    public string GetText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Substring(Start, Length);
    }
}
