using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LuceneLsr.Hosting.Telemetry;

/// <summary>The metrics of this library, by the naming rules of OpenTelemetry.</summary>
internal sealed class EncoderMetrics
{
    private readonly Histogram<double> _duration;
    private readonly Histogram<int> _batchSize;
    private readonly Counter<long> _hits;
    private readonly Counter<long> _misses;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _fallbacks;

    public EncoderMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(TelemetryNames.Source);
        _duration = meter.CreateHistogram(
            "lucenelsr.encode.duration", "s", "Duration of a call of the encoder.", tags: null,
            new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
            });
        _batchSize = meter.CreateHistogram(
            "lucenelsr.encode.batch.size", "{text}", "Number of texts in a call of the encoder.", tags: null,
            new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] });
        _hits = meter.CreateCounter<long>(
            "lucenelsr.query.cache.hits", "{query}", "Queries whose vector was cached or already being encoded.");
        _misses = meter.CreateCounter<long>(
            "lucenelsr.query.cache.misses", "{query}", "Queries that had to be encoded.");
        _failures = meter.CreateCounter<long>(
            "lucenelsr.query.failures", "{query}", "Queries that could not be encoded.");
        _fallbacks = meter.CreateCounter<long>(
            "lucenelsr.query.fallbacks", "{query}", "Queries that were replaced because they could not be encoded.");
    }

    /// <summary>Records a call of the encoder.</summary>
    public void RecordCall(TextSide side, int texts, TimeSpan duration, Exception? exception)
    {
        var tags = new TagList { { TelemetryNames.Side, TelemetryNames.GetName(side) } };
        _batchSize.Record(texts, tags);
        if (exception is not null)
        {
            tags.Add(GetErrorType(exception));
        }

        _duration.Record(duration.TotalSeconds, tags);
    }

    /// <summary>Counts a query whose vector is in the cache, or is being encoded for another caller.</summary>
    public void CountHit() => _hits.Add(1);

    /// <summary>Counts a query that has to be encoded.</summary>
    public void CountMiss() => _misses.Add(1);

    /// <summary>Counts a query that could not be encoded.</summary>
    public void CountFailure(Exception exception) => _failures.Add(1, GetErrorType(exception));

    /// <summary>Counts a query that the fallback replaced.</summary>
    public void CountFallback(Exception exception) => _fallbacks.Add(1, GetErrorType(exception));

    private static KeyValuePair<string, object?> GetErrorType(Exception exception) =>
        new(TelemetryNames.ErrorType, exception.GetType().FullName);
}
