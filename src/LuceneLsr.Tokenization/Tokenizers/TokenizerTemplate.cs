namespace LuceneLsr.Tokenization.Tokenizers;

/// <summary>
/// The special tokens that a tokenizer file puts around a single text (<c>post_processor</c>). They are told, not put:
/// a checkpoint's settings decide whether a text has them.
/// </summary>
/// <param name="Before">Ids before the text, the beginning-of-sequence token among them.</param>
/// <param name="After">Ids after the text.</param>
public sealed record TokenizerTemplate(IReadOnlyList<int> Before, IReadOnlyList<int> After);
