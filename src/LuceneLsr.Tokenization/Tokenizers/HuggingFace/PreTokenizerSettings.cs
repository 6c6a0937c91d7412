using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Tokenization.Tokenizers.HuggingFace;

/// <summary>The contents of a <c>pre_tokenizer</c>. Some types change the text besides splitting it.</summary>
/// <param name="PreTokenizer">Splits a text into words.</param>
/// <param name="IsByteLevel">Whether the vocabulary encodes text as bytes.</param>
/// <param name="MarkSpaces">Replaces spaces with "▁", or null if the text keeps them.</param>
/// <param name="Prefix">The prefix added to a text, or null.</param>
internal sealed record PreTokenizerSettings(
    PreTokenizer PreTokenizer,
    bool IsByteLevel = false,
    IReadOnlyList<NormalizerStep>? MarkSpaces = null,
    TextPrefix? Prefix = null);
