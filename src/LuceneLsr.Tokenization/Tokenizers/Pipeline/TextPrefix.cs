namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>A space that is added before a text.</summary>
/// <param name="Space">The space as the vocabulary encodes it.</param>
/// <param name="IsDoubled">Whether it is added even if the text starts with a space.</param>
/// <param name="IsOnlyFirst">Whether it is added only at the start of the whole text, not after an added token.</param>
/// <param name="IsNormalization">
/// Whether it is added before added tokens are found, to the text and to these tokens alike, instead of afterwards to
/// the parts between them.
/// </param>
internal sealed record TextPrefix(char Space, bool IsDoubled, bool IsOnlyFirst, bool IsNormalization = false)
{
    /// <summary>Adds the prefix to a text where it applies.</summary>
    public string AddTo(string text, bool isFirst) =>
        text.Length == 0 || (IsOnlyFirst && !isFirst) || (text[0] == Space && !IsDoubled) ? text : Space + text;
}
