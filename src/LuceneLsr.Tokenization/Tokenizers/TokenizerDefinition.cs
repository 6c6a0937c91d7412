namespace LuceneLsr.Tokenization.Tokenizers;

/// <summary>What a tokenizer file says, whichever its format.</summary>
/// <param name="Vocabulary">The id of each token that BPE knows, as the file writes tokens.</param>
/// <param name="Merges">Pairs of tokens, the first to be merged first, each with a space between.</param>
/// <param name="Writing">How the vocabulary writes text.</param>
/// <param name="Normalizer">What is done to a text before it is split.</param>
/// <param name="PreTokenizer">How a text is split into words, within which tokens are merged.</param>
internal sealed record TokenizerDefinition(
    IReadOnlyDictionary<string, int> Vocabulary,
    IReadOnlyList<string> Merges,
    TokenWriting Writing,
    TextNormalizer Normalizer,
    PreTokenizer PreTokenizer)
{
    /// <summary>Whether a word that is in the vocabulary is one token, whatever the merges would make of it.</summary>
    public bool IgnoresMerges { get; init; }

    /// <summary>The token of a character that is not in the vocabulary; without one it is dropped.</summary>
    public string? UnknownToken { get; init; }

    /// <summary>Whether unknown characters in a row are one token.</summary>
    public bool FusesUnknown { get; init; }

    /// <summary>Tokens beside the vocabulary, found in a text before it is split unless they are special.</summary>
    public IReadOnlyList<AddedToken> AddedTokens { get; init; } = [];

    /// <summary>The special tokens that the file puts around a text.</summary>
    public TokenizerTemplate Template { get; init; } = new([], []);
}

/// <summary>A token that is no product of merges.</summary>
/// <param name="Content">Its text.</param>
/// <param name="Id">Its id.</param>
/// <param name="IsSpecial">Whether it stands for no text (the beginning of a sequence, a role in a dialogue).</param>
/// <param name="IsNormalized">Whether it is looked for in the normalized text, not the raw one.</param>
internal sealed record AddedToken(string Content, int Id, bool IsSpecial, bool IsNormalized);
