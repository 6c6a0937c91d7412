namespace LuceneLsr.Training.Data;

/// <summary>One step's data.</summary>
/// <param name="Source">Index of the source in the recipe.</param>
/// <param name="Pairs">The pairs, no two with the same query or document.</param>
/// <param name="HardNegatives">Texts that only look as if they answered one of the queries; may be empty.</param>
public sealed record TrainingBatch(
    int Source, IReadOnlyList<TrainingPair> Pairs, IReadOnlyList<string> HardNegatives)
{
    /// <summary>The queries' texts.</summary>
    public IReadOnlyList<string> Queries => [.. Pairs.Select(pair => pair.Query)];

    /// <summary>
    /// Every document's text: first each query's own, in order,
    /// then all hard negatives but those that are some query's own.
    /// </summary>
    public IReadOnlyList<string> Documents
    {
        get
        {
            string[] own = [.. Pairs.Select(pair => pair.Document)];
            return [.. own, .. HardNegatives.Except(own, StringComparer.Ordinal)];
        }
    }
}
