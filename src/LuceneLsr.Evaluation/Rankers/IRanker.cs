using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Rankers;

/// <summary>Ranks the documents of a collection.</summary>
public interface IRanker : IDisposable
{
    /// <summary>Ranks the documents for each request. Encoders work faster on many requests at once.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="count">Maximum number of documents per request; at least 1.</param>
    /// <param name="cancellationToken">Checked at least between two batches.</param>
    /// <returns>
    /// For each request the best documents, best first, followed by the remaining documents of
    /// <see cref="RankingRequest.AlsoScored"/>, also best first. Only documents that share a term with the text.
    /// </returns>
    IReadOnlyList<IReadOnlyList<ScoredDocument>> Rank(
        IReadOnlyList<RankingRequest> requests, int count, CancellationToken cancellationToken = default);
}
