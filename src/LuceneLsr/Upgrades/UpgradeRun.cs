using System.Diagnostics;
using Lucene.Net.Index;

namespace LuceneLsr.Upgrades;

/// <summary>The state of one run of an <see cref="EncoderUpgrade"/>: segments, progress and pace.</summary>
internal sealed class UpgradeRun(
    double maxDocumentsPerSecond, IProgress<EncoderUpgradeProgress>? progress, CancellationToken cancellationToken)
{
    private const int MaxAttempts = 3;
    private const int MaxSeconds = 24 * 60 * 60; // longest pause between batches; timers have a limit

    private readonly HashSet<string> _done = [];
    private readonly Dictionary<string, int> _attempts = [];
    private long _encoded;
    private long _lastBatch = Stopwatch.GetTimestamp();

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Gets or sets the number of live documents that were not looked at.</summary>
    public long Remaining { get; set; }

    public bool IsDone(string segment) => _done.Contains(segment);

    /// <summary>Records that a segment needs nothing more.</summary>
    public void SetDone(SegmentReader segment) => _done.Add(segment.SegmentName);

    /// <summary>Counts the attempts to rewrite a segment.</summary>
    /// <exception cref="IOException">There were too many.</exception>
    public void CountAttempt(string segment)
    {
        var attempts = _attempts[segment] = _attempts.GetValueOrDefault(segment) + 1;
        if (attempts > MaxAttempts)
        {
            throw new IOException(
                $"Segment {segment} could not be rewritten in {MaxAttempts} attempts. See what the index writer's merge "
                + "scheduler reports. The disk may be full.");
        }
    }

    /// <summary>Reports progress, then waits until the pace allows the next batch.</summary>
    /// <param name="encoded">The number of documents of the batch that were encoded.</param>
    /// <param name="passed">The number of live documents up to the end of the batch.</param>
    public async Task ReportAsync(int encoded, int passed)
    {
        _encoded += encoded;
        Remaining -= passed;
        progress?.Report(new EncoderUpgradeProgress(_encoded, Remaining));
        var seconds = Math.Min(MaxSeconds, encoded / maxDocumentsPerSecond);
        var wait = TimeSpan.FromSeconds(seconds) - Stopwatch.GetElapsedTime(_lastBatch);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
        }

        _lastBatch = Stopwatch.GetTimestamp();
    }
}
