using LuceneLsr.Files;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Modules;

namespace LuceneLsr.Training.Models;

/// <summary>The size of a new model.</summary>
public sealed record ModelShape
{
    /// <summary>Tokens that a new tokenizer learns.</summary>
    public int VocabularySize { get; init; } = 32_000;

    /// <summary>Width of the model.</summary>
    public int HiddenSize { get; init; } = 192;

    /// <summary>Width of the feed-forward layers.</summary>
    public int IntermediateSize { get; init; } = 512;

    /// <summary>Decoder layers.</summary>
    public int Layers { get; init; } = 3;

    /// <summary>Attention heads.</summary>
    public int Heads { get; init; } = 6;

    /// <summary>The model's window.</summary>
    public int MaxPositions { get; init; } = 1024;

    /// <summary>The shape of a model whose head has a row for each token, tied to the embeddings.</summary>
    /// <param name="tokens">Tokens of the vocabulary.</param>
    internal DecoderConfig ToConfig(int tokens) => new()
    {
        VocabSize = tokens,
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
        OutputSize = tokens,
        OutputBias = false,
    };

    /// <exception cref="ArgumentException">There is no model of this shape.</exception>
    internal void Validate()
    {
        Require.Argument(VocabularySize >= ByteLevelAlphabet.Characters.Count,
            "the vocabulary holds at least the 256 bytes");
        Require.Argument(HiddenSize > 0 && IntermediateSize > 0 && Layers > 0 && Heads > 0,
            "hidden and intermediate size, layers and heads must be above zero");
        Require.Argument(HiddenSize % (2 * Heads) == 0,
            "the hidden size must be an even multiple of the heads: rotary positions turn pairs");
        Require.Argument(MaxPositions > 0, "the window must be above zero");
    }
}
