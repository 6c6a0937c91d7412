using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Training.Mining;

/// <summary>
/// Mines hard negatives for each pair of a query and a relevant document: the best documents of a ranking, without the
/// judged ones, and without those that score more than a share of what the relevant document scores, which are probably
/// relevant too (TopK-PercPos: the most that a negative may score is the relevant document's score x 0.95).
/// </summary>
/// <remarks>
/// <para>Moreira et al., "NV-Retriever: Improving text embedding models with effective hard-negative mining", arXiv
/// 2407.15831. Of several rankings, each is filtered by its own scores, and the best of each are taken by turns.</para>
/// <para>Texts count, not ids: queries with the same text share their judgments, and a text that is judged or taken
/// already under another id is no negative. A pair may have few negatives or none: where the relevant document stands
/// low in the ranking, all above it are taken for relevant.</para>
/// </remarks>
public sealed class HardNegativeMiner
{
    private const int Window = 128; // queries that are ranked together

    private readonly Dictionary<string, string> _texts;
    private readonly JudgedQuery[] _queries;
    private readonly IReadOnlyList<IRanker> _rankers;
    private readonly MiningOptions _options;

    /// <summary>Prepares the work.</summary>
    /// <param name="collection">The collection, loaded with its training split.</param>
    /// <param name="rankers">Rank its documents; at least one.</param>
    /// <param name="options">Which documents become negatives.</param>
    /// <exception cref="InvalidDataException">No document is judged relevant, or all such texts are blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is.</exception>
    public HardNegativeMiner(BeirCollection collection, IReadOnlyList<IRanker> rankers, MiningOptions options)
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(rankers);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(rankers.Count, nameof(rankers));
        options.Validate();
        (_rankers, _options) = (rankers, options);
        _texts = collection.Corpus.ToDictionary(
            document => document.Id, document => document.Contents, StringComparer.Ordinal);
        _queries = [.. collection.Queries
            .Where(query => !string.IsNullOrWhiteSpace(query.Text))
            .GroupBy(query => query.Text, StringComparer.Ordinal)
            .Select(same => Judged(same.Key, [.. same.SelectMany(query => collection.Qrels.Grades(query.Id))]))
            .Where(query => query.PositiveIds.Length > 0)];
        if (_queries.Length == 0)
        {
            throw new InvalidDataException(
                "The split judges no document relevant to a query, or their texts are blank; use another split.");
        }
    }

    /// <summary>How many pairs there are.</summary>
    public int Count => _queries.Sum(query => query.PositiveIds.Length);

    /// <summary>Mines for each pair, in the order of the queries, as they are enumerated.</summary>
    /// <param name="cancellationToken">Checked at least between two batches of queries.</param>
    public IEnumerable<MinedPair> Mine(CancellationToken cancellationToken = default)
    {
        foreach (var window in _queries.Chunk(Window))
        {
            RankingRequest[] requests =
                [.. window.Select(query => new RankingRequest(query.Text) { AlsoScored = query.PositiveIds })];
            var rankings = _rankers.Select(ranker => ranker.Rank(requests, _options.Depth, cancellationToken)).ToList();
            foreach (var (index, query) in window.Index())
            {
                foreach (var positiveId in query.PositiveIds)
                {
                    yield return Mine(query, positiveId, rankings.ConvertAll(ofRanker => ofRanker[index]));
                }
            }
        }
    }

    private MinedPair Mine(
        JudgedQuery query, string positiveId, List<IReadOnlyList<ScoredDocument>> rankings)
    {
        var taken = query.JudgedIds.Select(id => _texts[id]).ToHashSet(StringComparer.Ordinal);
        var negatives = ByTurns(rankings.ConvertAll(ranking => Below(ranking, positiveId)))
            .Where(hit => taken.Add(_texts[hit.DocumentId]))
            .Take(_options.Negatives)
            .ToList();
        return new MinedPair(
            query.Text,
            _texts[positiveId],
            negatives.ConvertAll(hit => _texts[hit.DocumentId]),
            rankings is [var only]
                ? [(float)ScoreOf(positiveId, only), .. negatives.Select(hit => (float)hit.Score)]
                : null);
    }

    private List<ScoredDocument> Below(IReadOnlyList<ScoredDocument> ranking, string positiveId)
    {
        var most = ScoreOf(positiveId, ranking) * _options.MostOfPositive;
        return [.. ranking.Take(_options.Depth).Where(hit => hit.Score <= most)];
    }

    // A document that the ranking does not hold shares no term with the query.
    private static double ScoreOf(string id, IReadOnlyList<ScoredDocument> ranking) =>
        ranking.FirstOrDefault(hit => hit.DocumentId == id).Score;

    private static IEnumerable<ScoredDocument> ByTurns(List<List<ScoredDocument>> rankings) =>
        Enumerable.Range(0, rankings.Max(ranking => ranking.Count))
            .SelectMany(rank => rankings.Where(ranking => rank < ranking.Count).Select(ranking => ranking[rank]));

    private JudgedQuery Judged(string text, KeyValuePair<string, int>[] grades) => new(
        text,
        [.. grades.Select(grade => grade.Key)],
        [.. grades.Where(grade => grade.Value > 0 && !string.IsNullOrWhiteSpace(_texts[grade.Key]))
            .Select(grade => grade.Key).Distinct(StringComparer.Ordinal)]);

    private sealed record JudgedQuery(string Text, string[] JudgedIds, string[] PositiveIds);
}
