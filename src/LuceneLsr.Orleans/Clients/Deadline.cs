using System.Diagnostics;

namespace LuceneLsr.Orleans.Clients;

/// <summary>The deadline of a call, measured by a monotonic clock.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly TimeSpan _time;
    private readonly CancellationTokenSource _source;

    /// <summary>Starts the clock.</summary>
    public Deadline(TimeSpan time, CancellationToken cancellationToken)
    {
        _time = time;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _source.CancelAfter(time);
    }

    /// <summary>Gets the token that is canceled at the deadline, or when the caller cancels.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Gets the time that is left, at least 0.</summary>
    public TimeSpan Left => _time > _clock.Elapsed ? _time - _clock.Elapsed : TimeSpan.Zero;

    public void Dispose() => _source.Dispose();
}
