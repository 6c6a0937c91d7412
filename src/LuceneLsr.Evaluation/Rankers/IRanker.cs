using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Rankers;

/// <summary>Ranks the documents of a collection.</summary>
public interface IRanker : IDisposable
{
    /// <summary>Ranks the documents for each request. Encoders work faster on many requests at once.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="count">Maximum number of documents per request; at least 1.</param>
    /// <param name="cancellationToken">Checked at least between batches.</param>
    /// <returns>
    /// For each request the top documents, best first, followed by the remaining documents of
    /// <see cref="RankingRequest.AlsoScored"/>, also best first. Documents that share no term with the text are left
    /// out.
    /// </returns>
    IReadOnlyList<IReadOnlyList<ScoredDocument>> Rank(
        IReadOnlyList<RankingRequest> requests, int count, CancellationToken cancellationToken = default);
}
