namespace LuceneLsr.Tools.Cluster.Simulations;

/// <summary>The clock and the future events of a discrete-event simulation. Times are in seconds.</summary>
internal sealed class EventQueue
{
    private readonly PriorityQueue<Action, (double Time, long Number)> _events = new();
    private long _count;

    /// <summary>Gets the time of the current event.</summary>
    public double Now { get; private set; }

    /// <summary>Schedules an event. Events of the same time happen in the order of their scheduling.</summary>
    public void Schedule(double delay, Action action) => _events.Enqueue(action, (Now + delay, _count++));

    /// <summary>Runs until no event is left.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        while (_events.TryDequeue(out var action, out var priority))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Now = priority.Time;
            action();
        }
    }
}
