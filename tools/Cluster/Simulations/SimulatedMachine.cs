namespace LuceneLsr.Tools.Cluster.Simulations;

/// <summary>A machine: cores that take jobs from one queue, first come, first served.</summary>
/// <param name="events">The events of the simulation.</param>
/// <param name="cores">The number of cores.</param>
internal sealed class SimulatedMachine(EventQueue events, int cores)
{
    private readonly Queue<Job> _waiting = new();
    private int _busy;

    /// <summary>Gets the time that all cores together have worked, in seconds.</summary>
    public double BusySeconds { get; private set; }

    /// <summary>Adds a job.</summary>
    /// <param name="seconds">The time that it takes a core.</param>
    /// <param name="onDone">Called when it is done.</param>
    public Job Submit(double seconds, Action onDone)
    {
        var job = new Job(seconds, onDone);
        if (_busy < cores)
        {
            Start(job);
        }
        else
        {
            _waiting.Enqueue(job);
        }

        return job;
    }

    /// <summary>Stops a job, or removes it from the queue. One that is done stays done.</summary>
    public void Cancel(Job job)
    {
        var isRunning = job.IsRunning;
        job.IsCanceled = true;
        if (isRunning)
        {
            End(job);
        }
    }

    private void Start(Job job)
    {
        _busy++;
        job.Started = events.Now;
        job.IsRunning = true;
        events.Schedule(job.Seconds, () =>
        {
            if (!job.IsCanceled)
            {
                End(job);
                job.OnDone();
            }
        });
    }

    private void End(Job job)
    {
        job.IsRunning = false;
        BusySeconds += events.Now - job.Started;
        _busy--;
        while (_waiting.TryDequeue(out var next))
        {
            if (!next.IsCanceled)
            {
                Start(next);
                return;
            }
        }
    }

    /// <summary>A job of a machine.</summary>
    internal sealed class Job(double seconds, Action onDone)
    {
        public double Seconds => seconds;

        public Action OnDone => onDone;

        public double Started { get; set; }

        public bool IsRunning { get; set; }

        public bool IsCanceled { get; set; }
    }
}
