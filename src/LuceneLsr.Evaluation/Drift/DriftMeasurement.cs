using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Drift;

/// <summary>
/// Measures how the precision of a format changes rankings, without a server: it stores all vectors as the engine does,
/// scores every document, and compares with a reference. It keeps the vectors of the caller, the reference and the format
/// in memory.
/// </summary>
public sealed class DriftMeasurement
{
    private const int CorrelationDepth = 100;

    private readonly IReadOnlyList<(string Id, SparseVector Vector)> _documents;
    private readonly IReadOnlyList<(string Id, SparseVector Vector)> _queries;
    private readonly StoredVectors _reference;
    private readonly VectorScorer _referenceScorer;
    private readonly Qrels? _qrels;
    private readonly Ndcg _ndcg;

    /// <summary>Creates a measurement.</summary>
    /// <param name="documents">The ids and vectors of the documents, as the encoder returned them.</param>
    /// <param name="queries">The ids and vectors of the queries.</param>
    /// <param name="reference">The format to compare with.</param>
    /// <param name="qrels">The judgments, or null if there are none.</param>
    /// <param name="depth">The number k of top documents that overlap and nDCG@k look at, at least 1.</param>
    /// <exception cref="ArgumentException">There are no documents or no queries.</exception>
    public DriftMeasurement(
        IReadOnlyList<(string Id, SparseVector Vector)> documents,
        IReadOnlyList<(string Id, SparseVector Vector)> queries, StoredVectors reference, Qrels? qrels = null,
        int depth = 10)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(reference);
        if (documents.Count == 0 || queries.Count == 0)
        {
            throw new ArgumentException("A measurement needs documents and queries.");
        }

        (_documents, _queries, _reference, _qrels, _ndcg) = (documents, queries, reference, qrels, new Ndcg(depth));
        _referenceScorer = CreateScorer(reference);
    }

    /// <summary>Compares a format with the reference.</summary>
    /// <param name="stored">The format.</param>
    /// <param name="cancellationToken">Checked between queries.</param>
    public RankDrift Measure(StoredVectors stored, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var scorer = CreateScorer(stored);
        return new(stored.Name, [.. _queries.Select(query =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Compare(
                query.Id,
                _referenceScorer.Score(_reference.Store(query.Vector, TextSide.Query)),
                scorer.Score(stored.Store(query.Vector, TextSide.Query)),
                stored.ScoreUnit / _reference.ScoreUnit);
        })]);
    }

    private VectorScorer CreateScorer(StoredVectors stored) =>
        new([.. _documents.Select(document => stored.Store(document.Vector, TextSide.Document))]);

    private QueryDrift Compare(string query, float[] expected, float[] actual, double unit)
    {
        var ranked = VectorScorer.Rank(expected, Math.Max(CorrelationDepth, _ndcg.Cutoff));
        int[] deep = [.. ranked.Take(CorrelationDepth)];
        int[] before = [.. ranked.Take(_ndcg.Cutoff)];
        var after = VectorScorer.Rank(actual, _ndcg.Cutoff);
        return new(
            query,
            before.Length == 0 ? 1 : (double)before.Intersect(after).Count() / before.Length,
            before.SequenceEqual(after),
            KendallTau.Compute(
                [.. deep.Select(document => expected[document])], [.. deep.Select(document => actual[document])]),
            deep.Select(document => Math.Abs((actual[document] * unit / expected[document]) - 1))
                .DefaultIfEmpty(0).Max(),
            _qrels?.QueryIds.Contains(query) == true
                ? ComputeNdcg(query, after, actual) - ComputeNdcg(query, before, expected)
                : null);
    }

    private double ComputeNdcg(string query, IReadOnlyList<int> ranking, float[] scores) => _ndcg.Score(
        [.. ranking.Select(document => new ScoredDocument(_documents[document].Id, scores[document]))],
        _qrels!.GetGrades(query));
}
