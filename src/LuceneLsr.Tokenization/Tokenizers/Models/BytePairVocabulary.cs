using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Tokenization.Tokenizers.Models;

/// <summary>The tokens of a BPE model and how they are merged.</summary>
/// <param name="Tokens">The id of each token. Tokens are spelled as in the file.</param>
/// <param name="Merges">The merges in order of priority, each two tokens separated by a space.</param>
/// <param name="Encoding">How the vocabulary encodes text.</param>
internal sealed record BytePairVocabulary(
    IReadOnlyDictionary<string, int> Tokens, IReadOnlyList<string> Merges, CharacterEncoding Encoding)
{
    /// <summary>Gets whether a word in the vocabulary is one token regardless of the merges.</summary>
    public bool IgnoresMerges { get; init; }

    /// <summary>Gets the token for characters outside the vocabulary. If null, such characters are dropped.</summary>
    public string? UnknownToken { get; init; }

    /// <summary>Gets whether consecutive unknown characters become one token.</summary>
    public bool FusesUnknown { get; init; }
}
