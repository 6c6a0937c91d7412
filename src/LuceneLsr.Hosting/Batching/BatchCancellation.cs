namespace LuceneLsr.Hosting.Batching;

/// <summary>Cancels a batch when none of its callers waits any more, or when the application stops.</summary>
internal sealed class BatchCancellation : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration[] _callers;
    private int _waiting;

    public BatchCancellation(IReadOnlyCollection<PendingQuery> batch, CancellationToken stopping)
    {
        _waiting = batch.Count;
        _source = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _callers = [.. batch.Select(query => query.CancellationToken.UnsafeRegister(
            static cancellation => ((BatchCancellation)cancellation!).Leave(), this))];
    }

    /// <summary>Gets the token of the batch.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Disposes the source after the registrations, which wait for callers that are leaving.</summary>
    public void Dispose()
    {
        Array.ForEach(_callers, caller => caller.Dispose());
        _source.Dispose();
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _waiting) == 0)
        {
            _source.Cancel();
        }
    }
}
