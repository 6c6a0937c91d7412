using Lucene.Net.Search;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Metrics;

namespace LuceneLsr.Evaluation.Comparisons;

/// <summary>
/// Compares two versions of a learned field in one index, for example before a new encoder replaces another or before
/// a rule is added: judged queries by nDCG, sampled queries by the overlap of their rankings, both by cost.
/// </summary>
public sealed class VersionComparison
{
    private VersionComparison(
        FieldVersion current, FieldVersion candidate, int depth, IReadOnlyList<QueryComparison> queries)
    {
        (Current, Candidate, Depth, Queries) = (current, candidate, depth, queries);
        Ndcg = JudgedQueries.Any()
            ? new(new Ndcg(depth), JudgedQueries.Select(query =>
                new QueryScores(query.Query.Id, query.Current.Ndcg!.Value, query.Candidate.Ndcg!.Value)))
            : null;
    }

    /// <summary>Gets the current version.</summary>
    public FieldVersion Current { get; }

    /// <summary>Gets the candidate.</summary>
    public FieldVersion Candidate { get; }

    /// <summary>Gets the number of top documents that were compared.</summary>
    public int Depth { get; }

    /// <summary>Gets all queries; at least one.</summary>
    public IReadOnlyList<QueryComparison> Queries { get; }

    /// <summary>Gets the judged queries.</summary>
    public IEnumerable<QueryComparison> JudgedQueries => Queries.Where(query => query.NdcgGain is not null);

    /// <summary>Gets the queries whose rankings differ.</summary>
    public IEnumerable<QueryComparison> ChangedQueries => Queries.Where(query => query.IsChanged);

    /// <summary>Gets the comparison by nDCG, or null if no query is judged.</summary>
    public MetricComparison? Ndcg { get; }

    /// <summary>Gets the judged queries whose nDCG falls, those that lose most first.</summary>
    public IEnumerable<QueryComparison> HurtQueries =>
        Queries.Where(query => query.NdcgGain < 0).OrderBy(query => query.NdcgGain);

    /// <summary>Gets the judged queries whose nDCG rises, those that gain most first.</summary>
    public IEnumerable<QueryComparison> ImprovedQueries =>
        Queries.Where(query => query.NdcgGain > 0).OrderByDescending(query => query.NdcgGain);

    /// <summary>Gets the mean of <see cref="QueryComparison.Overlap"/>.</summary>
    public double MeanOverlap => Queries.Average(query => query.Overlap);

    /// <summary>Searches queries in both versions.</summary>
    /// <param name="searcher">The searcher of the index that has both.</param>
    /// <param name="idField">The field of document ids, stored and indexed as one term.</param>
    /// <param name="current">The current version.</param>
    /// <param name="candidate">The candidate.</param>
    /// <param name="queries">The queries.</param>
    /// <param name="qrels">The judgments, or null if there are none.</param>
    /// <param name="depth">The number of top documents to compare, at least 1.</param>
    /// <param name="cancellationToken">Checked between queries.</param>
    /// <exception cref="ArgumentException">There are no queries.</exception>
    /// <exception cref="InvalidOperationException">
    /// A field has no stamp, or one of another vocabulary than its encoder's.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static VersionComparison Compare(
        IndexSearcher searcher, string idField, FieldVersion current, FieldVersion candidate,
        IEnumerable<BeirQuery> queries, Qrels? qrels = null, int depth = 10, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(searcher);
        ArgumentNullException.ThrowIfNull(idField);
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        IReadOnlyDictionary<string, int>? GetGrades(BeirQuery query) =>
            qrels?.QueryIds.Contains(query.Id) == true ? qrels.GetGrades(query.Id) : null;
        BeirQuery[] all = [.. queries];
        if (all.Length == 0)
        {
            throw new ArgumentException("There are no queries to compare.", nameof(queries));
        }

        var (currentSearch, candidateSearch) = (
            new VersionSearch(searcher, idField, current, depth), new VersionSearch(searcher, idField, candidate, depth));
        currentSearch.Rank(all[0], GetGrades(all[0])); // a warm-up, which is not measured
        candidateSearch.Rank(all[0], GetGrades(all[0]));
        return new VersionComparison(current, candidate, depth, [.. all.Select((query, number) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Compare(query, GetGrades(query), currentSearch, candidateSearch, currentFirst: number % 2 == 0);
        })]);
    }

    // The second search finds ids in memory that the first one has read, so they take turns.
    private static QueryComparison Compare(
        BeirQuery query, IReadOnlyDictionary<string, int>? grades, VersionSearch current, VersionSearch candidate,
        bool currentFirst)
    {
        var first = (currentFirst ? current : candidate).Rank(query, grades);
        var second = (currentFirst ? candidate : current).Rank(query, grades);
        return currentFirst ? new QueryComparison(query, first, second) : new QueryComparison(query, second, first);
    }
}
