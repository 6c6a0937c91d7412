using System.Runtime.ExceptionServices;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Sweeps;

/// <summary>
/// Measures many settings of the dials on a judged collection: first the effectiveness of each point, on all cores, then
/// the time of its queries, on one thread while nothing else runs. Texts are encoded once per precision, and points that
/// differ only in the query share an index.
/// </summary>
public sealed class Sweep
{
    private readonly BeirCollection _collection;
    private readonly Func<string?, SweepVectors> _load;
    private readonly SweepOptions _options;

    /// <summary>Creates a sweep.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="load">
    /// Loads or computes the vectors for a <see cref="SweepPoint.ModelPrecision"/>. It is called at most once for each.
    /// </param>
    /// <param name="options">The options; the defaults if null.</param>
    public Sweep(BeirCollection collection, Func<string?, SweepVectors> load, SweepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(load);
        (_collection, _load, _options) = (collection, load, options ?? new());
    }

    /// <summary>
    /// Measures points. Results go to a journal, so that the same call continues after a kill. Points of an earlier call
    /// are not measured again, and those that are no longer asked for stay in the journal.
    /// </summary>
    /// <param name="points">The points, with distinct names.</param>
    /// <param name="journal">The file of results so far, created if it does not exist.</param>
    /// <param name="inputs">
    /// Names and values of what vectors depend on, such as the fingerprint of a checkpoint. Collection and options are
    /// added.
    /// </param>
    /// <param name="cancellationToken">Cancels the sweep. Results so far remain.</param>
    /// <exception cref="InvalidOperationException">The journal has results for other inputs.</exception>
    /// <exception cref="InvalidDataException">The journal is damaged.</exception>
    public IReadOnlyList<SweepResult> Run(
        IReadOnlyList<SweepPoint> points, string journal, IReadOnlyDictionary<string, string> inputs,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(inputs);
        using var results = SweepJournal.Open(journal, AddOwnInputs(inputs));
        using var targets = new SweepTargets(_collection, _load);
        Evaluate([.. points.Where(point => !results.Effects.ContainsKey(point.Name))], targets, results, cancellationToken);
        if (_options.TimesAgain || results.TimedHits != _options.TimedHits
            || !points.All(point => results.Costs?.ContainsKey(point.Name) == true))
        {
            results.SetCosts(_options.TimedHits, Time(points, targets, cancellationToken));
        }

        return [.. points.Select(point => new SweepResult(
            point, results.Effects[point.Name], results.Costs![point.Name]))];
    }

    private Dictionary<string, string> AddOwnInputs(IReadOnlyDictionary<string, string> inputs) =>
        new(inputs, StringComparer.Ordinal)
        {
            ["collection"] = CollectionFingerprint.Compute(_collection),
            ["ignore identical ids"] = $"{_options.IgnoresIdenticalIds}",
        };

    private void Evaluate(
        IReadOnlyList<SweepPoint> points, SweepTargets targets, SweepJournal results, CancellationToken cancellation)
    {
        foreach (var group in points.GroupBy(SweepIndex.GetKey))
        {
            cancellation.ThrowIfCancellationRequested();
            var prepared = group.Select(point => (Point: point, Target: targets.Open(point))).ToList();
            ForEach(
                prepared,
                each =>
                {
                    var effect = Evaluate(each.Target);
                    results.Add(each.Point.Name, effect);
                    _options.OnEvaluated?.Invoke(each.Point, effect);
                },
                cancellation);
        }
    }

    private static void ForEach<T>(IEnumerable<T> items, Action<T> work, CancellationToken cancellation)
    {
        try
        {
            Parallel.ForEach(
                items,
                new ParallelOptions
                {
                    MaxDegreeOfParallelism = Environment.ProcessorCount,
                    CancellationToken = cancellation,
                },
                work);
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]); // as a loop would throw it
        }
    }

    private PointEffect Evaluate(SweepTarget target)
    {
        var run = new Run(_collection.Queries.Select((query, index) => KeyValuePair.Create(
            query.Id, ToRanking(target.Search(index, EvaluationReport.Depth + 1), query.Id))));
        return new(
            EvaluationReport.Compute(run, _collection.Qrels),
            [.. new Ndcg(10).ScoreQueries(run, _collection.Qrels).Select(query => query.Score)],
            target.Index.SizeInBytes, target.Index.TermsPerDocument, target.TermsPerQuery);
    }

    // Metrics need the order alone, and the scores of two phases cannot be compared.
    private IReadOnlyList<ScoredDocument> ToRanking(IEnumerable<int> documents, string queryId) =>
        [.. documents.Select(document => _collection.Corpus[document].Id)
            .Where(id => !_options.IgnoresIdenticalIds || id != queryId)
            .Take(EvaluationReport.Depth)
            .Select((id, rank) => new ScoredDocument(id, EvaluationReport.Depth - rank))];

    private Dictionary<string, PointCost> Time(
        IReadOnlyList<SweepPoint> points, SweepTargets targets, CancellationToken cancellation)
    {
        var searches = points.Select(targets.Open)
            .Select(target => (Action<int>)(query => target.Search(query, _options.TimedHits))).ToList();
        GC.Collect(); // what earlier work left
        var costs = QueryTimes.Measure(
            searches, _collection.Queries.Count, _options.Rounds, _options.OnTimed, cancellation);
        return points.Select(point => point.Name).Zip(costs).ToDictionary(StringComparer.Ordinal);
    }
}
