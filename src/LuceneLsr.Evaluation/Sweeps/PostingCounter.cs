using System.Diagnostics.Metrics;

namespace LuceneLsr.Evaluation.Sweeps;

/// <summary>Counts the postings that impact queries score in this process.</summary>
public sealed class PostingCounter : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _count;

    /// <summary>Starts to count.</summary>
    public PostingCounter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "LuceneLsr", Name: "lucenelsr.search.postings" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, postings, _, _) => Interlocked.Add(ref _count, postings));
        _listener.Start();
    }

    /// <summary>Gets the number of postings since the last call.</summary>
    public long Take() => Interlocked.Exchange(ref _count, 0);

    /// <summary>Stops to count.</summary>
    public void Dispose() => _listener.Dispose();
}
