using System.Collections.Concurrent;
using LuceneLsr.Orleans;

namespace LuceneLsr.Tools.Cluster.Loads;

/// <summary>
/// Adds and deletes numbered documents, one batch after the other, and records what the cluster acknowledged.
/// </summary>
/// <param name="cluster">The cluster.</param>
/// <param name="documents">The documents.</param>
internal sealed class WriteLoad(LsrCluster cluster, NumberedDocuments documents)
{
    private const int BatchSize = 20;
    private const int DeletedEvery = 4; // batches
    private const int MaxDocuments = 20_000; // then it only deletes and adds

    private readonly ConcurrentDictionary<int, DocumentState> _states = new();
    private int _next;

    /// <summary>Gets the number of acknowledged batches.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Returns the states of all documents at this moment.</summary>
    public Dictionary<int, DocumentState> GetStates() => new(_states);

    /// <summary>Writes until it is canceled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var count = _next < MaxDocuments ? BatchSize : 1;
            int[] added = [.. Enumerable.Range(_next, count)];
            _next += count;
            await WriteAsync(
                added, DocumentState.MaybeAdded, DocumentState.Present,
                () => cluster.PutAsync([.. added.Select(documents.Create)], CancellationToken.None))
                .ConfigureAwait(false);
            if (Acknowledged % DeletedEvery == 0)
            {
                var random = new Random(_next);
                int[] deleted = [.. Enumerable.Range(0, BatchSize / 2).Select(_ => random.Next(_next)).Distinct()
                    .Where(number => _states[number] == DocumentState.Present)];
                await WriteAsync(
                    deleted, DocumentState.MaybeDeleted, DocumentState.Deleted,
                    () => cluster.DeleteAsync([.. deleted.Select(NumberedDocuments.GetId)], CancellationToken.None))
                    .ConfigureAwait(false);
            }
        }
    }

    private async Task WriteAsync(int[] numbers, DocumentState before, DocumentState after, Func<Task> write)
    {
        SetAll(numbers, before);
        await write().ConfigureAwait(false);
        SetAll(numbers, after);
        Acknowledged++;
    }

    private void SetAll(int[] numbers, DocumentState state)
    {
        foreach (var number in numbers)
        {
            _states[number] = state;
        }
    }
}
