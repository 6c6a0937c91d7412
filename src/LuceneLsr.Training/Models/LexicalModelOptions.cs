using LuceneLsr.Files;
using LuceneLsr.Tokenization.Settings;

namespace LuceneLsr.Training.Models;

/// <summary>What a <see cref="LexicalModel"/> looks like.</summary>
public sealed record LexicalModelOptions
{
    /// <summary>Its size; wider than the word vectors have dimensions.</summary>
    public ModelShape Shape { get; init; } = new();

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
        Require.Argument(Shape.HiddenSize > vectorDimension,
            $"the hidden size must exceed the word vectors' dimension, {vectorDimension}");
        Shape.Validate();
        Require.Argument(LengthNormalization is >= 0 and <= 1, "the length normalization is from 0 to 1");
    }
}
