using System.Diagnostics;
using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Search;

namespace LuceneLsr.Evaluation.Comparisons;

/// <summary>
/// Compares two versions of a learned field in one index, for example before a new encoder replaces another: judged
/// queries by nDCG, sampled queries by the overlap of their rankings, both by cost.
/// </summary>
public sealed class VersionComparison
{
    private VersionComparison(FieldVersion current, FieldVersion candidate, int depth, IReadOnlyList<QueryComparison> queries) =>
        (Current, Candidate, Depth, Queries) = (current, candidate, depth, queries);

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
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static VersionComparison Compare(
        IndexSearcher searcher, string idField, FieldVersion current, FieldVersion candidate, IEnumerable<BeirQuery> queries,
        Qrels? qrels = null, int depth = 10, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(searcher);
        ArgumentNullException.ThrowIfNull(idField);
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        var judged = qrels?.QueryIds.ToHashSet(StringComparer.Ordinal) ?? [];
        QueryComparison CompareQuery(BeirQuery query)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var grades = judged.Contains(query.Id) ? qrels!.GetGrades(query.Id) : null;
            VersionRanking Search(FieldVersion version) => Rank(searcher, idField, version, query.Text, grades, depth);
            return new QueryComparison(query, Search(current), Search(candidate));
        }

        BeirQuery[] all = [.. queries];
        if (all.Length == 0)
        {
            throw new ArgumentException("There are no queries to compare.", nameof(queries));
        }

        CompareQuery(all[0]); // so that the first query does not pay for the start
        return new VersionComparison(current, candidate, depth, [.. all.Select(CompareQuery)]);
    }

    private static VersionRanking Rank(
        IndexSearcher searcher, string idField, FieldVersion version, string text,
        IReadOnlyDictionary<string, int>? grades, int depth)
    {
        var start = Stopwatch.GetTimestamp();
        var impacts = version.QueryScale.Quantize(version.Encoder.Encode(text, TextSide.Query));
        var hits = new IdSearcher(searcher, idField).Search(new ImpactQuery(version.Field, impacts), depth);
        var time = Stopwatch.GetElapsedTime(start);
        return new VersionRanking(
            hits,
            grades is null ? null : new Ndcg(depth).Score(hits, grades),
            impacts.Count,
            impacts.Sum(impact => (long)searcher.IndexReader.DocFreq(new Term(version.Field, impact.Term))),
            time);
    }
}
