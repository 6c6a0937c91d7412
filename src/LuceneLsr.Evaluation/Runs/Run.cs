using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Rankers;

namespace LuceneLsr.Evaluation.Runs;

/// <summary>A run: for each query the retrieved documents, best first. Immutable.</summary>
public sealed class Run
{
    private readonly Dictionary<string, ScoredDocument[]> _rankings = new(StringComparer.Ordinal);

    /// <summary>Gathers the rankings of queries.</summary>
    /// <exception cref="ArgumentException">
    /// A query stands twice, or in a ranking a document stands twice, a score is not finite or scores rise.
    /// </exception>
    public Run(IEnumerable<KeyValuePair<string, IReadOnlyList<ScoredDocument>>> rankings)
    {
        ArgumentNullException.ThrowIfNull(rankings);
        foreach (var (queryId, ranking) in rankings)
        {
            if (!_rankings.TryAdd(queryId, Validated(queryId, ranking)))
            {
                throw new ArgumentException($"Query '{queryId}' has two rankings.", nameof(rankings));
            }
        }
    }

    /// <summary>The queries that have a ranking.</summary>
    public IReadOnlyCollection<string> QueryIds => _rankings.Keys;

    /// <summary>Collects the run of a search engine.</summary>
    /// <param name="queries">The queries, asked one by one in this order.</param>
    /// <param name="search">Gives the ranking for a query's text.</param>
    public static Run Collect(IEnumerable<BeirQuery> queries, Func<string, IReadOnlyList<ScoredDocument>> search)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(search);
        return new Run(queries.Select(query => KeyValuePair.Create(query.Id, search(query.Text))));
    }

    /// <summary>The documents retrieved for a query, best first; none where the run does not hold the query.</summary>
    public IReadOnlyList<ScoredDocument> Ranking(string queryId) => _rankings.GetValueOrDefault(queryId, []);

    private static ScoredDocument[] Validated(string queryId, IReadOnlyList<ScoredDocument> ranking)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var previous = double.MaxValue;
        foreach (var (documentId, score) in ranking)
        {
            if (!seen.Add(documentId))
            {
                throw new ArgumentException(
                    $"Query '{queryId}': document '{documentId}' stands twice.", nameof(ranking));
            }

            if (!double.IsFinite(score) || score > previous)
            {
                throw new ArgumentException(
                    $"Query '{queryId}': document '{documentId}' has score {score};"
                    + " scores are finite and do not rise from rank to rank.",
                    nameof(ranking));
            }

            previous = score;
        }

        return [.. ranking];
    }
}
