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
        IdfPower = 0.5,
    };

    /// <summary>Gets how logits are pooled: <see cref="TermPooling.Mean"/> or <see cref="TermPooling.Max"/>.</summary>
    public TermPooling Pooling { get; init; } = TermPooling.Mean;

    /// <summary>Gets the length of a head row of gain 1. A larger length gives larger weights to expansions.</summary>
    public double RowLength { get; init; } = 4;

    /// <summary>
    /// Gets the share of the texts' passages that each term is active in, whether they contain it or not. It sets the
    /// biases, so that no term is active everywhere. A smaller value makes vectors sparser.
    /// </summary>
    public double Density { get; init; } = 0.01;

    /// <summary>
    /// Gets the power of IDF that head rows are scaled by. With 0 common words weigh as much as rare ones.
    /// </summary>
    public double IdfPower { get; init; } = 1;

    /// <summary>
    /// Gets the weight that a term of mean IDF gains in texts that contain it. The weight is proportional to the square
    /// root of IDF, so that its product of a query and a document is proportional to IDF, as in BM25.
    /// </summary>
    public double LexicalWeight { get; init; } = 1.75;

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
        Require.Argument(Density is > 0 and < 1, "The density must be greater than 0 and less than 1");
        Require.Argument(double.IsFinite(LexicalWeight) && LexicalWeight > 0,
            "The lexical weight must be finite and positive");
        Require.Argument(float.IsFinite(WholeWordWeight) && WholeWordWeight >= 0,
            "The weight of whole words must be finite and not negative");
        Require.Argument(MinPassages >= 0, "The number of passages must not be negative");
        Require.Argument(IdfPower is >= 0 and <= 4, "The power of IDF must be from 0 to 4");
    }
}
