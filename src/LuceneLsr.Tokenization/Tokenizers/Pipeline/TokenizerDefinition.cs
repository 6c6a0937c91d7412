namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>The contents of a tokenizer file, independent of its format.</summary>
/// <param name="Vocabulary">The id of each token. Tokens are spelled as in the file.</param>
/// <param name="TokenEncoding">How the vocabulary spells text.</param>
/// <param name="Normalizer">Normalizes a text before it is split.</param>
/// <param name="PreTokenizer">Splits a text into words. Tokens never cross words.</param>
/// <param name="Model">Splits a word into tokens.</param>
internal sealed record TokenizerDefinition(
    IReadOnlyDictionary<string, int> Vocabulary,
    TokenEncoding TokenEncoding,
    TextNormalizer Normalizer,
    PreTokenizer PreTokenizer,
    WordModel Model)
{
    /// <summary>Gets the added tokens. Those that are not special are found in a text before it is split.</summary>
    public IReadOnlyList<AddedToken> AddedTokens { get; init; } = [];

    /// <summary>Gets the special tokens that the file adds around a text.</summary>
    public TokenizerTemplate Template { get; init; } = new([], []);
}
