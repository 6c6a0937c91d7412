using LuceneLsr.Files;
using LuceneLsr.Tokenization.Settings;

namespace LuceneLsr.Training.Models;

/// <summary>The options of a new <see cref="LexicalModel"/>.</summary>
public sealed record LexicalModelOptions
{
    /// <summary>Gets the size of the model. The hidden size must exceed the dimension of the word vectors.</summary>
    public ModelShape Shape { get; init; } = new();

    /// <summary>Gets the attention variant of both sides.</summary>
    public AttentionVariant Variant { get; init; } = AttentionVariant.Causal;

    /// <summary>
    /// Gets the pooling of both sides. Without training the sum retrieves better than the maximum, because it reflects
    /// how often a term occurs in a text.
    /// </summary>
    public TermPooling Pooling { get; init; } = TermPooling.Sum;

    /// <summary>Gets the strength of document length normalization, from 0 to 1, as b in BM25.</summary>
    public float LengthNormalization { get; init; } = 0.75f;

    /// <summary>Gets the seed of the random weights.</summary>
    public int Seed { get; init; } = 1;

    /// <exception cref="ArgumentException">An option is not valid.</exception>
    internal void Validate(int vectorDimension)
    {
        Require.Argument(Shape.HiddenSize > vectorDimension,
            $"The hidden size must exceed the dimension of the word vectors, which is {vectorDimension}");
        Shape.Validate();
        Require.Argument(LengthNormalization is >= 0 and <= 1, "The length normalization must be from 0 to 1");
    }
}
