using LuceneLsr.Files;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;
using LuceneLsr.Torch.Configs;

namespace LuceneLsr.Training.Models;

/// <summary>The size of a new model.</summary>
public sealed record ModelShape
{
    /// <summary>Gets the maximum number of tokens of a learned tokenizer.</summary>
    public int VocabularySize { get; init; } = 32_000;

    /// <summary>Gets the width of the model.</summary>
    public int HiddenSize { get; init; } = 192;

    /// <summary>Gets the width of the feed-forward layers.</summary>
    public int IntermediateSize { get; init; } = 512;

    /// <summary>Gets the number of decoder layers.</summary>
    public int Layers { get; init; } = 3;

    /// <summary>Gets the number of attention heads.</summary>
    public int Heads { get; init; } = 6;

    /// <summary>Gets the context length.</summary>
    public int MaxPositions { get; init; } = 1024;

    /// <summary>Creates the configuration of a model with a tied head, which has a row per token.</summary>
    /// <param name="vocabularySize">The actual size of the vocabulary.</param>
    internal DecoderConfig ToConfig(int vocabularySize) => new()
    {
        VocabSize = vocabularySize,
        HiddenSize = HiddenSize,
        IntermediateSize = IntermediateSize,
        NumHiddenLayers = Layers,
        NumAttentionHeads = Heads,
        NumKeyValueHeads = Heads,
        HeadDim = HiddenSize / Heads,
        RmsNormEps = 1e-6,
        RopeTheta = 10_000,
        MaxPositionEmbeddings = MaxPositions,
        TieWordEmbeddings = true,
        OutputSize = vocabularySize,
        OutputBias = false,
    };

    /// <exception cref="ArgumentException">A size is not valid.</exception>
    internal void Validate()
    {
        Require.Argument(VocabularySize >= ByteLevelAlphabet.Characters.Count,
            $"The vocabulary size must be at least {ByteLevelAlphabet.Characters.Count}, one token per byte");
        Require.Argument(HiddenSize > 0 && IntermediateSize > 0 && Layers > 0 && Heads > 0,
            "The hidden size, the intermediate size and the numbers of layers and heads must be positive");
        Require.Argument(HiddenSize % (2 * Heads) == 0,
            "The hidden size must be divisible by twice the number of heads, because rotary embeddings rotate pairs");
        Require.Argument(MaxPositions > 0, "The context length must be positive");
    }
}
