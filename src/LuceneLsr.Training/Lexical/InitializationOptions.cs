using LuceneLsr.Encoding;
using LuceneLsr.Encoding.Tokenization;

namespace LuceneLsr.Training.Lexical;

/// <summary>What a new model looks like.</summary>
public sealed record InitializationOptions
{
    /// <summary>Tokens of the vocabulary.</summary>
    public int VocabularySize { get; init; } = 32_000;

    /// <summary>Width of the model; more than the word vectors have.</summary>
    public int HiddenSize { get; init; } = 192;

    /// <summary>Width of the feed-forward layers.</summary>
    public int IntermediateSize { get; init; } = 512;

    /// <summary>Decoder layers.</summary>
    public int Layers { get; init; } = 3;

    /// <summary>Attention heads.</summary>
    public int Heads { get; init; } = 6;

    /// <summary>How far a position sees.</summary>
    public AttentionVariant Variant { get; init; } = AttentionVariant.Causal;

    /// <summary>
    /// How positions are pooled. The sum retrieves better without training: it knows how often a text has a term.
    /// </summary>
    public TermPooling Pooling { get; init; } = TermPooling.Sum;

    /// <summary>How much a document's length counts: BM25's b, from 0 to 1.</summary>
    public float LengthNormalization { get; init; } = 0.75f;

    /// <summary>Seed of the random directions.</summary>
    public int Seed { get; init; } = 1;

    internal void Validate(int vectorDimension)
    {
        Require(VocabularySize >= ByteLevelAlphabet.Characters.Count, "the vocabulary holds at least the 256 bytes");
        Require(HiddenSize > vectorDimension,
            $"the hidden size must exceed the word vectors' dimension, {vectorDimension}");
        Require(IntermediateSize > 0 && Layers > 0 && Heads > 0,
            "intermediate size, layers and heads must be above zero");
        Require(HiddenSize % (2 * Heads) == 0,
            "the hidden size must be an even multiple of the heads: rotary positions turn pairs");

        Require(LengthNormalization is >= 0 and <= 1, "the length normalization is from 0 to 1");

        void Require(bool holds, string rule)
        {
            if (!holds)
            {
                throw new ArgumentException($"No such model: {rule}.");
            }
        }
    }
}
