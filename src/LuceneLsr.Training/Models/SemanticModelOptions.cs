using LuceneLsr.Files;

namespace LuceneLsr.Training.Models;

/// <summary>The options of a new <see cref="SemanticModel"/>.</summary>
public sealed record SemanticModelOptions
{
    /// <summary>
    /// Gets the logit above which a term becomes active, for a row of gain 1. A larger value makes vectors sparser.
    /// </summary>
    public double Threshold { get; init; } = 5;

    /// <summary>
    /// Gets the power of IDF that head rows and biases are scaled by. With 0 common words weigh as much as rare ones.
    /// </summary>
    public double IdfPower { get; init; } = 0.5;

    /// <summary>
    /// Gets what the logit of a term of mean IDF gains in texts that contain the term. The gain is proportional to IDF.
    /// </summary>
    public double LexicalBias { get; init; } = 8;

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
        Require.Argument(double.IsFinite(Threshold) && Threshold >= 0, "The threshold must be finite and not negative");
        Require.Argument(double.IsFinite(LexicalBias) && LexicalBias >= 0,
            "The lexical bias must be finite and not negative");
        Require.Argument(float.IsFinite(WholeWordWeight) && WholeWordWeight >= 0,
            "The weight of whole words must be finite and not negative");
        Require.Argument(MinPassages >= 0, "The number of passages must not be negative");
        Require.Argument(IdfPower is >= 0 and <= 4, "The power of IDF must be from 0 to 4");
    }
}
