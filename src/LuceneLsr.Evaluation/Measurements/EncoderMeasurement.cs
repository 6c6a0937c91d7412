using System.Diagnostics;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Evaluation.Vectors;

namespace LuceneLsr.Evaluation.Measurements;

/// <summary>
/// Measures encoders one after another on a judged collection, such as one model in several precisions. The vectors of
/// the first encoder are the reference for those of the others.
/// </summary>
public sealed class EncoderMeasurement
{
    private const int WarmUpQueries = 20; // not timed

    private readonly BeirCollection _collection;
    private readonly int _topTerms;
    private readonly string[] _queries;

    private SparseVector[]? _reference;

    /// <summary>Creates a measurement.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="topTerms">Number of top document terms to compare; at least 1.</param>
    public EncoderMeasurement(BeirCollection collection, int topTerms)
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentOutOfRangeException.ThrowIfLessThan(topTerms, 1);
        (_collection, _topTerms) = (collection, topTerms);
        _queries = [.. collection.Queries.Select(query => query.Text).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Measures an encoder.</summary>
    /// <param name="encoder">The encoder of both sides.</param>
    /// <param name="scale">The scale that turns the weights of both sides into impacts.</param>
    /// <param name="onEncoded">Receives the number of documents of each encoded chunk.</param>
    /// <param name="cancellationToken">Cancels the encoding.</param>
    public EncoderFigures Measure(
        ISparseEncoder encoder, ImpactScale scale, Action<int>? onEncoded = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(scale);
        var (vectorOf, queryTime) = EncodeQueries(encoder, cancellationToken);
        var start = Stopwatch.GetTimestamp();
        var documents = encoder.EncodeDocuments(_collection.Corpus, onEncoded, cancellationToken).ToList();
        var documentTime = Stopwatch.GetElapsedTime(start);

        SparseVector[] vectors = [.. documents.Select(document => document.Vector)];
        _reference ??= vectors;
        using var index = SparseIndex.CreateInMemory(documents, encoder, scale);
        var run = Run.Collect(_collection.Queries, text => index.Search(
            scale.Quantize(vectorOf[text]), EvaluationReport.Depth));
        return new()
        {
            QueryTime = queryTime,
            DocumentsPerSecond = documents.Count / documentTime.TotalSeconds,
            Agreement = VectorAgreement.Compare(_reference, vectors, _topTerms),
            Report = EvaluationReport.Compute(run, _collection.Qrels),
            IndexBytes = index.SizeInBytes,
            TermsPerDocument = index.TermsPerDocument,
        };
    }

    private (Dictionary<string, SparseVector> VectorOf, TimeSpan Median) EncodeQueries(
        ISparseEncoder encoder, CancellationToken cancellationToken)
    {
        foreach (var text in _queries.Take(WarmUpQueries))
        {
            encoder.Encode(text, TextSide.Query, cancellationToken);
        }

        var vectorOf = new Dictionary<string, SparseVector>(StringComparer.Ordinal);
        var times = new List<TimeSpan>();
        foreach (var text in _queries)
        {
            var start = Stopwatch.GetTimestamp();
            vectorOf[text] = encoder.Encode(text, TextSide.Query, cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(start));
        }

        return (vectorOf, ComputeMedian(times));
    }

    private static TimeSpan ComputeMedian(List<TimeSpan> times)
    {
        times.Sort();
        return (times[(times.Count - 1) / 2] + times[times.Count / 2]) / 2;
    }
}
