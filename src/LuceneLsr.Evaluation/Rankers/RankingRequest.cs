namespace LuceneLsr.Evaluation.Rankers;

/// <summary>A query for an <see cref="IRanker"/>.</summary>
/// <param name="Text">Plain text of any length, not in query syntax.</param>
public sealed record RankingRequest(string Text)
{
    /// <summary>Gets the ids of documents to score even if they rank below the requested count.</summary>
    public IReadOnlyCollection<string> AlsoScored { get; init; } = [];
}
