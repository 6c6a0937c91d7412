using LuceneLsr.Evaluation.Collections;

namespace LuceneLsr.Evaluation.Runs;

/// <summary>The retrieved documents of each query, best first. Immutable.</summary>
public sealed class Run
{
    private readonly Dictionary<string, ScoredDocument[]> _rankings = new(StringComparer.Ordinal);

    /// <summary>Creates a run from the rankings of queries.</summary>
    /// <exception cref="ArgumentException">
    /// A query or a document of a ranking is a duplicate, or the scores of a ranking are not finite or not sorted.
    /// </exception>
    public Run(IEnumerable<KeyValuePair<string, IReadOnlyList<ScoredDocument>>> rankings)
    {
        ArgumentNullException.ThrowIfNull(rankings);
        foreach (var (queryId, ranking) in rankings)
        {
            if (!_rankings.TryAdd(queryId, Validate(queryId, ranking)))
            {
                throw new ArgumentException(
                    $"Duplicate query '{queryId}'. A run has one ranking per query.", nameof(rankings));
            }
        }
    }

    /// <summary>Gets the ids of the queries.</summary>
    public IReadOnlyCollection<string> QueryIds => _rankings.Keys;

    /// <summary>Collects the run of a search engine.</summary>
    /// <param name="queries">The queries, searched one by one in this order.</param>
    /// <param name="search">Returns the ranking for a query's text.</param>
    public static Run Collect(IEnumerable<BeirQuery> queries, Func<string, IReadOnlyList<ScoredDocument>> search)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(search);
        return new Run(queries.Select(query => KeyValuePair.Create(query.Id, search(query.Text))));
    }

    /// <summary>Gets the documents retrieved for a query, best first; empty if the run lacks the query.</summary>
    public IReadOnlyList<ScoredDocument> GetRanking(string queryId) => _rankings.GetValueOrDefault(queryId, []);

    private static ScoredDocument[] Validate(string queryId, IReadOnlyList<ScoredDocument> ranking)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var previous = double.MaxValue;
        foreach (var (documentId, score) in ranking)
        {
            if (!seen.Add(documentId))
            {
                throw new ArgumentException(
                    $"Query '{queryId}': duplicate document '{documentId}'. A ranking has each document once.",
                    nameof(ranking));
            }

            if (!double.IsFinite(score) || score > previous)
            {
                throw new ArgumentException(
                    $"Query '{queryId}': document '{documentId}' has score {score}. "
                    + "Scores must be finite and must not increase from rank to rank.",
                    nameof(ranking));
            }

            previous = score;
        }

        return [.. ranking];
    }
}
