namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>The contents of a tokenizer file, independent of its format.</summary>
/// <param name="Vocabulary">The id of each BPE token. Tokens are spelled as in the file.</param>
/// <param name="Merges">The merges in order of priority, each two tokens separated by a space.</param>
/// <param name="TokenEncoding">How the vocabulary encodes text.</param>
/// <param name="Normalizer">Normalizes a text before it is split.</param>
/// <param name="PreTokenizer">Splits a text into words. Merges never cross words.</param>
internal sealed record TokenizerDefinition(
    IReadOnlyDictionary<string, int> Vocabulary,
    IReadOnlyList<string> Merges,
    TokenEncoding TokenEncoding,
    TextNormalizer Normalizer,
    PreTokenizer PreTokenizer)
{
    /// <summary>Gets whether a word in the vocabulary is one token regardless of the merges.</summary>
    public bool IgnoresMerges { get; init; }

    /// <summary>Gets the token for characters outside the vocabulary. If null, such characters are dropped.</summary>
    public string? UnknownToken { get; init; }

    /// <summary>Gets whether consecutive unknown characters become one token.</summary>
    public bool FusesUnknown { get; init; }

    /// <summary>Gets the added tokens. Those that are not special are found in a text before it is split.</summary>
    public IReadOnlyList<AddedToken> AddedTokens { get; init; } = [];

    /// <summary>Gets the special tokens that the file adds around a text.</summary>
    public TokenizerTemplate Template { get; init; } = new([], []);
}
