namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>A part of a text and what replaces it.</summary>
/// <param name="Length">The length of the part in chars, at least 1.</param>
/// <param name="Replacement">The text that replaces it, or null if the part stays as it is.</param>
internal readonly record struct TextEdit(int Length, string? Replacement);
