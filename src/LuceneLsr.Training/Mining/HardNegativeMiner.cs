using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Training.Mining;

/// <summary>
/// Mines hard negatives for each pair of a query and a relevant document: the top documents of a ranking, without the
/// judged ones and without those that score more than a share of the relevant document's score, because they are
/// probably relevant too (TopK-PercPos, with a default share of 0.95).
/// </summary>
/// <remarks>
/// <para>Moreira et al., "NV-Retriever: Improving text embedding models with effective hard-negative mining", arXiv
/// 2407.15831. Several rankings are each filtered by their own scores and then merged round-robin.</para>
/// <para>Texts are compared, not ids: queries with the same text share their judgments, and a text that is judged or
/// already used under another id is not a negative. A pair has few or no negatives if the relevant document ranks low,
/// because all documents above it count as relevant.</para>
/// </remarks>
public sealed class HardNegativeMiner
{
    private const int QueriesPerBatch = 128;

    private readonly Dictionary<string, string> _texts;
    private readonly JudgedQuery[] _queries;
    private readonly IReadOnlyList<IRanker> _rankers;
    private readonly MiningOptions _options;

    /// <summary>Creates a miner.</summary>
    /// <param name="collection">The collection, loaded with its training split.</param>
    /// <param name="rankers">One or more rankers of the collection's documents.</param>
    /// <param name="options">Selects which documents become negatives.</param>
    /// <exception cref="InvalidDataException">
    /// No document is judged relevant, or all texts of such pairs are blank.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range, or there is no ranker.</exception>
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
            .Select(same => ReadJudgments(
                same.Key,
                [.. same.SelectMany(query => collection.Qrels.GetGrades(query.Id))
                    .Where(grade => _texts.ContainsKey(grade.Key))]))
            .Where(query => query.PositiveIds.Length > 0)];
        if (_queries.Length == 0)
        {
            throw new InvalidDataException(
                "The split has no relevant documents, or their texts are blank. Use another split.");
        }
    }

    /// <summary>Gets the number of pairs.</summary>
    public int Count => _queries.Sum(query => query.PositiveIds.Length);

    /// <summary>Mines negatives pair by pair, in the order of the queries, as the result is enumerated.</summary>
    /// <param name="cancellationToken">Checked at least once per batch of queries.</param>
    public IEnumerable<MinedPair> Mine(CancellationToken cancellationToken = default)
    {
        foreach (var batch in _queries.Chunk(QueriesPerBatch))
        {
            RankingRequest[] requests =
                [.. batch.Select(query => new RankingRequest(query.Text) { AlsoScored = query.PositiveIds })];
            var rankings = _rankers.Select(ranker => ranker.Rank(requests, _options.Depth, cancellationToken)).ToList();
            foreach (var (index, query) in batch.Index())
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
        var negatives = MergeRoundRobin(rankings.ConvertAll(ranking => FilterNegatives(ranking, positiveId)))
            .Where(hit => taken.Add(_texts[hit.DocumentId]))
            .Take(_options.Negatives)
            .ToList();
        return new MinedPair(
            query.Text,
            _texts[positiveId],
            negatives.ConvertAll(hit => _texts[hit.DocumentId]),
            rankings is [var only]
                ? [(float)FindScore(positiveId, only), .. negatives.Select(hit => (float)hit.Score)]
                : null);
    }

    private List<ScoredDocument> FilterNegatives(IReadOnlyList<ScoredDocument> ranking, string positiveId)
    {
        var maxScore = FindScore(positiveId, ranking) * _options.MaxPositiveShare;
        return [.. ranking.Take(_options.Depth).Where(hit => hit.Score <= maxScore)];
    }

    // A document that is missing from the ranking shares no term with the query, so its score is 0.
    private static double FindScore(string id, IReadOnlyList<ScoredDocument> ranking) =>
        ranking.FirstOrDefault(hit => hit.DocumentId == id).Score;

    private static IEnumerable<ScoredDocument> MergeRoundRobin(List<List<ScoredDocument>> rankings) =>
        Enumerable.Range(0, rankings.Max(ranking => ranking.Count))
            .SelectMany(rank => rankings.Where(ranking => rank < ranking.Count).Select(ranking => ranking[rank]));

    private JudgedQuery ReadJudgments(string text, KeyValuePair<string, int>[] grades) => new(
        text,
        [.. grades.Select(grade => grade.Key)],
        [.. grades.Where(grade => grade.Value > 0 && !string.IsNullOrWhiteSpace(_texts[grade.Key]))
            .Select(grade => grade.Key).Distinct(StringComparer.Ordinal)]);

    private sealed record JudgedQuery(string Text, string[] JudgedIds, string[] PositiveIds);
}
