namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>
/// The special tokens that a tokenizer file adds around a text (<c>post_processor</c>). <see cref="TextTokenizer"/>
/// does not add them. The settings of a checkpoint decide whether to.
/// </summary>
/// <param name="Before">Ids before the text, such as the beginning-of-sequence token.</param>
/// <param name="After">Ids after the text.</param>
internal sealed record TokenizerTemplate(IReadOnlyList<int> Before, IReadOnlyList<int> After);
