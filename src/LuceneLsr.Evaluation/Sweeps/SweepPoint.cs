using LuceneLsr.Search;
using LuceneLsr.Search.Feedback;

namespace LuceneLsr.Evaluation.Sweeps;

/// <summary>A setting of all dials. By default none of them approximates or adds anything.</summary>
public sealed record SweepPoint
{
    /// <summary>The name of the point without any dial.</summary>
    public const string DefaultName = "default";

    /// <summary>Gets the precision of the model in lower case, or null for that of the checkpoint.</summary>
    public string? ModelPrecision { get; init; }

    /// <summary>Gets the source of query weights.</summary>
    public QueryEncoding QueryEncoding { get; init; }

    /// <summary>Gets the bits of a document's impacts, or null for the maximum impact of the scale.</summary>
    public int? ImpactBits { get; init; }

    /// <summary>
    /// Gets the impact units per unit of document weight. If null it is that of the scale, or, with
    /// <see cref="ImpactBits"/>, the factor that gives the largest weight the largest impact.
    /// </summary>
    public float? ImpactFactor { get; init; }

    /// <summary>Gets the codec of the index.</summary>
    public PostingCodec Codec { get; init; }

    /// <summary>Gets the pruning of documents.</summary>
    public VectorPruning DocumentPruning { get; init; } = VectorPruning.None;

    /// <summary>Gets the pruning of queries.</summary>
    public VectorPruning QueryPruning { get; init; } = VectorPruning.None;

    /// <summary>Gets the ratio from which a term is frequent (<see cref="FrequentTermPruning"/>); null for none.</summary>
    public float? FrequencyRatio { get; init; }

    /// <summary>Gets the ratio up to which a frequent term is light and dropped.</summary>
    public float LightRatio { get; init; } = new FrequentTermPruning().WeightRatio;

    /// <summary>Gets the number of first hits that the whole query scores again, or 0 for none.</summary>
    public int Rescored { get; init; }

    /// <summary>
    /// Gets the weight of BM25 scores next to 1 for dot products of weights (<c>HybridQuery</c>), or 0 for none.
    /// </summary>
    public float Bm25Weight { get; init; }

    /// <summary>Gets the number of feedback documents, or 0 for no feedback.</summary>
    public int FeedbackDocuments { get; init; }

    /// <summary>Gets the maximum number of terms that feedback adds.</summary>
    public int FeedbackTerms { get; init; } = new RocchioFeedback().ExpansionTerms;

    /// <summary>Gets the weight of feedback next to 1 for the query.</summary>
    public float FeedbackWeight { get; init; } = new RocchioFeedback().FeedbackWeight;

    /// <summary>Gets the dials that differ from the default and their values, such as "query-terms 8".</summary>
    public string Name => Dial.All.Select(dial => (dial.Name, Value: dial.GetValue(this)))
        .Where(dial => dial.Value is not null)
        .Select(dial => $"{dial.Name} {dial.Value}") is var set && set.Any() ? string.Join(", ", set) : DefaultName;

    /// <summary>Checks that the dials have a meaning together.</summary>
    /// <exception cref="ArgumentException">They have not.</exception>
    internal SweepPoint Validate()
    {
        var defaults = new SweepPoint();
        Require(Rescored == 0 || FeedbackDocuments == 0, "rescored cannot be combined with feedback-documents");
        Require(Rescored == 0 || Bm25Weight == 0, "rescored cannot be combined with bm25-weight");
        Require(FrequencyRatio is not null || LightRatio == defaults.LightRatio, "light-ratio needs frequency-ratio");
        Require(
            FeedbackDocuments > 0
                || (FeedbackTerms == defaults.FeedbackTerms && FeedbackWeight == defaults.FeedbackWeight),
            "feedback-terms and feedback-weight need feedback-documents");
        return this;
    }

    private void Require(bool condition, string rule)
    {
        if (!condition)
        {
            throw new ArgumentException(
                $"Point '{Name}': {rule}. Give combinations that exclude each other as separate objects of a grid file.");
        }
    }
}
