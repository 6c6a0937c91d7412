using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Rankers;

/// <summary>Extension methods for <see cref="IRanker"/>.</summary>
public static class RankerExtensions
{
    /// <summary>Ranks the documents for one text.</summary>
    /// <param name="ranker">The ranker.</param>
    /// <param name="text">Plain text of any length, not in query syntax.</param>
    /// <param name="count">Maximum number of documents; at least 1.</param>
    /// <returns>The top documents, best first, without those that share no term with the text.</returns>
    public static IReadOnlyList<ScoredDocument> Search(this IRanker ranker, string text, int count)
    {
        ArgumentNullException.ThrowIfNull(ranker);
        ArgumentNullException.ThrowIfNull(text);
        return ranker.Rank([new RankingRequest(text)], count)[0];
    }

    /// <summary>Collects the run of a ranker.</summary>
    /// <param name="ranker">The ranker.</param>
    /// <param name="queries">The queries, ranked all at once.</param>
    /// <param name="depth">Maximum number of documents per query; at least 1.</param>
    /// <param name="ignoreIdenticalIds">
    /// Whether to leave out the document with the id of the query, as BEIR does for queries that are documents.
    /// </param>
    /// <param name="cancellationToken">Cancels the ranking.</param>
    public static Run CollectRun(
        this IRanker ranker, IReadOnlyList<BeirQuery> queries, int depth, bool ignoreIdenticalIds = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ranker);
        ArgumentNullException.ThrowIfNull(queries);
        var rankings = ranker.Rank(
            [.. queries.Select(query => new RankingRequest(query.Text))], ignoreIdenticalIds ? depth + 1 : depth,
            cancellationToken);
        return new Run(queries.Zip(rankings, (query, ranking) => KeyValuePair.Create(
            query.Id, ignoreIdenticalIds ? LeaveOut(ranking, query.Id, depth) : ranking)));
    }

    private static IReadOnlyList<ScoredDocument> LeaveOut(
        IReadOnlyList<ScoredDocument> ranking, string documentId, int depth) =>
        [.. ranking.Where(hit => hit.DocumentId != documentId).Take(depth)];
}
