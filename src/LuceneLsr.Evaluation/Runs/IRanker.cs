namespace LuceneLsr.Evaluation.Runs;

/// <summary>What a ranker is asked.</summary>
/// <param name="Text">Plain text, no query syntax, of any length.</param>
public sealed record RankingRequest(string Text)
{
    /// <summary>Documents whose scores are wanted wherever they rank.</summary>
    public IReadOnlyCollection<string> AlsoScored { get; init; } = [];
}

/// <summary>Ranks the documents of a collection.</summary>
public interface IRanker : IDisposable
{
    /// <summary>Answers requests, as many at once as the caller likes: an encoder is faster with many texts.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="count">How many documents to rank at most, for each request; at least 1.</param>
    /// <param name="cancellationToken">Checked at least between two batches.</param>
    /// <returns>
    /// For each request the best documents, best first, and behind them the others of
    /// <see cref="RankingRequest.AlsoScored"/>, best first too; only documents that share a term with the text.
    /// </returns>
    IReadOnlyList<IReadOnlyList<ScoredDocument>> Rank(
        IReadOnlyList<RankingRequest> requests, int count, CancellationToken cancellationToken = default);
}

/// <summary>Conveniences over <see cref="IRanker"/>.</summary>
public static class RankerExtensions
{
    /// <summary>Ranks the documents for one text.</summary>
    /// <param name="ranker">Ranks them.</param>
    /// <param name="text">Plain text, no query syntax, of any length.</param>
    /// <param name="count">How many documents to return at most.</param>
    /// <returns>Best first; only documents that share a term.</returns>
    public static IReadOnlyList<ScoredDocument> Search(this IRanker ranker, string text, int count)
    {
        ArgumentNullException.ThrowIfNull(ranker);
        ArgumentNullException.ThrowIfNull(text);
        return ranker.Rank([new RankingRequest(text)], count)[0];
    }
}
