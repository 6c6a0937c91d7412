using System.Net;
using System.Threading.Channels;
using LuceneLsr.Hosting.Settings;
using LuceneLsr.Hosting.Telemetry;
using Microsoft.Extensions.Options;

namespace LuceneLsr.Hosting.Batching;

/// <summary>
/// Encodes concurrent queries in batches: workers take what has queued up in a bounded queue while they were busy.
/// </summary>
internal sealed class QueryBatcher : IDisposable
{
    private static readonly TimeSpan MaxStoppingTime = TimeSpan.FromSeconds(30);

    private readonly MeasuredEncoder _encoder;
    private readonly int _maxSize;
    private readonly Channel<PendingQuery> _queue;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _workers;

    public QueryBatcher(MeasuredEncoder encoder, IOptions<LuceneLsrOptions> options)
    {
        var batch = options.Value.Batch;
        (_encoder, _maxSize) = (encoder, batch.MaxSize);
        _queue = Channel.CreateBounded<PendingQuery>(batch.QueueCapacity);
        using (ExecutionContext.SuppressFlow()) // workers do not belong to the request that happens to start them
        {
            _workers = Task.WhenAll(
                [.. Enumerable.Range(0, batch.MaxConcurrency).Select(_ => Task.Run(EncodeAllAsync))]);
        }
    }

    /// <summary>Encodes a query with others that wait at the same time.</summary>
    /// <exception cref="ObjectDisposedException">The application stops.</exception>
    public async Task<SparseVector> EncodeAsync(string text, CancellationToken cancellationToken)
    {
        var query = new PendingQuery(text, cancellationToken);
        using var registration = cancellationToken.UnsafeRegister(
            static (query, token) => ((PendingQuery)query!).TrySetCanceled(token), query);
        try
        {
            await _queue.Writer.WriteAsync(query, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw CreateStoppedException();
        }

        return await query.Task.ConfigureAwait(false);
    }

    /// <summary>
    /// Fails queries that wait, and returns when the encoder is no longer in use, or after some time if it hangs.
    /// </summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _stopping.Cancel();
        if (_workers.Wait(MaxStoppingTime))
        {
            _stopping.Dispose();
        }
    }

    private async Task EncodeAllAsync()
    {
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            if (TakeBatch() is { Count: > 0 } batch)
            {
                Encode(batch);
            }
        }
    }

    private List<PendingQuery> TakeBatch()
    {
        var batch = new List<PendingQuery>();
        while (batch.Count < _maxSize && _queue.Reader.TryRead(out var query))
        {
            if (!query.Task.IsCompleted) // otherwise its caller has left
            {
                batch.Add(query);
            }
        }

        return batch;
    }

    private void Encode(IReadOnlyList<PendingQuery> batch)
    {
        using var cancellation = new BatchCancellation(batch, _stopping.Token);
        try
        {
            cancellation.Token.ThrowIfCancellationRequested();
            var vectors = _encoder.Encode([.. batch.Select(query => query.Text)], TextSide.Query, cancellation.Token);
            foreach (var (query, vector) in batch.Zip(vectors))
            {
                query.TrySetResult(vector);
            }
        }
        catch (Exception exception) when (batch.Count > 1 && MayConcernOneText(exception))
        {
            foreach (var query in batch)
            {
                Encode([query]);
            }
        }
        catch (Exception exception)
        {
            var failure = _stopping.IsCancellationRequested ? CreateStoppedException() : exception;
            foreach (var query in batch)
            {
                query.TrySetException(failure);
            }
        }
    }

    // The others of the batch must not fail because of a text that a server or model refuses.
    private static bool MayConcernOneText(Exception exception) => exception
        is ArgumentException
        or HttpRequestException
        {
            StatusCode: HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge
                or HttpStatusCode.UnprocessableEntity,
        };

    private static ObjectDisposedException CreateStoppedException() =>
        new(nameof(QueryBatcher), "The query was not encoded, because the application stops.");
}
