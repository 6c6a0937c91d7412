namespace LuceneLsr.Hosting.Batching;

/// <summary>A query in the queue, whose task is its vector.</summary>
/// <param name="text">The query.</param>
/// <param name="cancellationToken">Canceled when the caller no longer waits.</param>
internal sealed class PendingQuery(string text, CancellationToken cancellationToken)
    : TaskCompletionSource<SparseVector>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public string Text => text;

    public CancellationToken CancellationToken => cancellationToken;
}
