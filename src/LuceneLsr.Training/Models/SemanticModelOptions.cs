using LuceneLsr.Files;
using LuceneLsr.Tokenization.Settings;

namespace LuceneLsr.Training.Models;

/// <summary>The options of a new <see cref="SemanticModel"/>.</summary>
public sealed record SemanticModelOptions
{
    /// <summary>
    /// Gets the options of mean pooling, which suits sentence encoders that pool the mean themselves.
    /// </summary>
    public static SemanticModelOptions Mean { get; } = new();

    /// <summary>Gets the options of max pooling, as in SPLADE.</summary>
    public static SemanticModelOptions Max { get; } = new()
    {
        Pooling = TermPooling.Max,
        RowLength = 1,
        Threshold = 5,
        IdfPower = 0.5,
        LexicalBias = 8,
    };

    /// <summary>Gets how logits are pooled: <see cref="TermPooling.Mean"/> or <see cref="TermPooling.Max"/>.</summary>
    public TermPooling Pooling { get; init; } = TermPooling.Mean;

    /// <summary>Gets the length of a head row of gain 1. A larger length gives larger weights to expansions.</summary>
    public double RowLength { get; init; } = 4;

    /// <summary>
    /// Gets what the product of a state with the unit row of a term must exceed for the term to become active. A larger
    /// value makes vectors sparser. With mean pooling the product is a cosine.
    /// </summary>
    public double Threshold { get; init; } = 0.15;

    /// <summary>
    /// Gets the power of IDF that head rows and biases are scaled by. With 0 common words weigh as much as rare ones.
    /// </summary>
    public double IdfPower { get; init; } = 1;

    /// <summary>
    /// Gets what the logit of a term of mean IDF gains in texts that contain the term. The gain is proportional to IDF.
    /// </summary>
    public double LexicalBias { get; init; } = 3;

    /// <summary>Gets the weight of words that the vocabulary splits or lacks.</summary>
    public float WholeWordWeight { get; init; } = 2;

    /// <summary>
    /// Gets the number of passages that a term must occur in. Terms that the texts lack have no meaningful IDF and only
    /// enlarge the head.
    /// </summary>
    public int MinPassages { get; init; } = 3;

    /// <summary>Checks that all options are in range.</summary>
    /// <exception cref="ArgumentException">An option is not valid.</exception>
    internal void Validate()
    {
        Require.Argument(Pooling is TermPooling.Mean or TermPooling.Max, "The pooling must be mean or max");
        Require.Argument(double.IsFinite(RowLength) && RowLength > 0, "The length of rows must be finite and positive");
        Require.Argument(double.IsFinite(Threshold) && Threshold >= 0, "The threshold must be finite and not negative");
        Require.Argument(double.IsFinite(LexicalBias) && LexicalBias >= 0,
            "The lexical bias must be finite and not negative");
        Require.Argument(float.IsFinite(WholeWordWeight) && WholeWordWeight >= 0,
            "The weight of whole words must be finite and not negative");
        Require.Argument(MinPassages >= 0, "The number of passages must not be negative");
        Require.Argument(IdfPower is >= 0 and <= 4, "The power of IDF must be from 0 to 4");
    }
}
