namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>A span of a text.</summary>
/// <param name="Start">The index of its first char.</param>
/// <param name="Length">Its length in chars.</param>
/// <param name="IsDropped">Whether the span produces no tokens.</param>
internal readonly record struct TextSpan(int Start, int Length, bool IsDropped);
