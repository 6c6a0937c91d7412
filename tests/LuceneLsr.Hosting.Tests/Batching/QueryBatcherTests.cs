using LuceneLsr.Hosting.Batching;
using LuceneLsr.Hosting.Settings;
using LuceneLsr.Hosting.Tests.Support;

namespace LuceneLsr.Hosting.Tests.Batching;

public sealed class QueryBatcherTests : IDisposable
{
    private readonly Gate _gate = new();

    public void Dispose() => _gate.Dispose();

    [Fact]
    public async Task Encode_while_the_model_is_busy_batches_waiting_queries()
    {
        using var application = CreateBusy(out var batcher, out var first);
        await _gate.WaitForArrivalAsync();
        Task<SparseVector>[] waiting = [.. new[] { "b", "c", "d" }.Select(text => Encode(batcher, text))];
        _gate.Open();
        var vectors = await Task.WhenAll([first, .. waiting]);
        Assert.Equal(["a", "b|c|d"], GetBatches(application));
        Assert.Equal(["a", "b", "c", "d"], vectors.Select(vector => vector.Entries.Single().Term));
    }

    [Fact]
    public async Task Encode_more_queries_than_a_batch_holds_splits_them()
    {
        using var application = CreateBusy(out var batcher, out var first, options => options.MaxSize = 2);
        await _gate.WaitForArrivalAsync();
        Task<SparseVector>[] waiting = [.. new[] { "b", "c", "d" }.Select(text => Encode(batcher, text))];
        _gate.Open();
        await Task.WhenAll([first, .. waiting]);
        Assert.Equal(["a", "b|c", "d"], GetBatches(application));
    }

    [Fact]
    public async Task Encode_with_two_workers_encodes_two_batches_at_the_same_time()
    {
        using var application = CreateBusy(out var batcher, out var first, options => options.MaxConcurrency = 2);
        await _gate.WaitForArrivalAsync();
        var second = Encode(batcher, "b");
        await _gate.WaitForArrivalAsync();
        _gate.Open();
        await Task.WhenAll(first, second);
        Assert.Equal(["a", "b"], GetBatches(application));
    }

    [Fact]
    public async Task Cancel_a_waiting_query_leaves_it_out_and_the_others_in()
    {
        using var application = CreateBusy(out var batcher, out var first);
        using var cancellation = new CancellationTokenSource();
        await _gate.WaitForArrivalAsync();
        var canceled = batcher.EncodeAsync("b", cancellation.Token);
        var other = Encode(batcher, "c");
        await cancellation.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => canceled);
        Assert.Equal(cancellation.Token, error.CancellationToken);
        _gate.Open();
        await Task.WhenAll(first, other);
        Assert.Equal(["a", "c"], GetBatches(application));
    }

    [Fact]
    public async Task Cancel_one_query_of_a_running_batch_leaves_the_batch_running()
    {
        using var application = new Application();
        using var cancellation = new CancellationTokenSource();
        using var second = new Gate();
        application.Encoder.BeforeEncode = _gate.Pass;
        var batcher = application.Get<QueryBatcher>();
        var first = Encode(batcher, "a");
        await _gate.WaitForArrivalAsync();
        application.Encoder.BeforeEncode = second.Pass;
        var leaving = batcher.EncodeAsync("b", cancellation.Token);
        var staying = Encode(batcher, "c");
        _gate.Open();
        await second.WaitForArrivalAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        second.Open();
        Assert.Equal("c", (await staying).Entries.Single().Term);
        await first;
    }

    [Fact]
    public async Task Cancel_all_queries_of_a_running_batch_cancels_the_encoder()
    {
        using var application = new Application();
        using var cancellation = new CancellationTokenSource();
        var canceled = new TaskCompletionSource();
        application.Encoder.BeforeEncode = token =>
        {
            using var registration = token.Register(canceled.SetResult);
            _gate.Pass(token);
        };
        var query = application.Get<QueryBatcher>().EncodeAsync("a", cancellation.Token);
        await _gate.WaitForArrivalAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);
        await canceled.Task.WaitAsync(TimeSpan.FromSeconds(30), Application.Cancellation);
    }

    [Fact]
    public async Task Encode_that_fails_throws_to_every_caller_of_the_batch_only()
    {
        using var application = CreateBusy(out var batcher, out var first);
        await _gate.WaitForArrivalAsync();
        application.Encoder.BeforeEncode = _ => throw new HttpRequestException("The server is down.");
        Task<SparseVector>[] failing = [Encode(batcher, "b"), Encode(batcher, "c")];
        _gate.Open();
        await first;
        foreach (var query in failing)
        {
            var error = await Assert.ThrowsAsync<HttpRequestException>(() => query);
            Assert.Equal("The server is down.", error.Message);
        }

        application.Encoder.BeforeEncode = _ => { };
        await Encode(batcher, "d");
        Assert.Equal(["a", "b|c", "d"], GetBatches(application));
    }

    [Fact]
    public async Task Encode_text_that_is_refused_does_not_fail_the_others_of_the_batch()
    {
        using var application = CreateBusy(out var batcher, out var first);
        await _gate.WaitForArrivalAsync();
        application.Encoder.BeforeEncode = _ =>
        {
            if (application.Encoder.Calls.Last().Texts.Contains("bad", StringComparison.Ordinal))
            {
                throw new HttpRequestException("Too long.", inner: null, System.Net.HttpStatusCode.RequestEntityTooLarge);
            }
        };
        var (good, bad) = (Encode(batcher, "good"), Encode(batcher, "bad"));
        _gate.Open();
        await first;
        Assert.Equal("good", Assert.Single((await good).Entries).Term);
        await Assert.ThrowsAsync<HttpRequestException>(() => bad);
        Assert.Equal(["a", "good|bad", "good", "bad"], GetBatches(application));
    }

    [Fact]
    public async Task Encode_when_the_queue_is_full_waits_for_a_place_and_can_be_canceled()
    {
        using var application = CreateBusy(out var batcher, out var first, options => options.QueueCapacity = 1);
        using var cancellation = new CancellationTokenSource();
        await _gate.WaitForArrivalAsync();
        var queued = Encode(batcher, "b");
        var outside = batcher.EncodeAsync("c", cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => outside);
        var later = Encode(batcher, "d");
        _gate.Open();
        await Task.WhenAll(first, queued, later);
        Assert.DoesNotContain(GetBatches(application), batch => batch.Contains('c', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dispose_fails_running_and_waiting_queries_and_refuses_new_ones()
    {
        var application = CreateBusy(out var batcher, out var running);
        await _gate.WaitForArrivalAsync();
        var waiting = Encode(batcher, "b");
        application.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => running);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Encode(batcher, "c"));
        Assert.Equal(["a"], GetBatches(application));
    }

    [Fact]
    public async Task Encode_does_not_run_in_the_context_of_the_first_caller()
    {
        using var application = new Application();
        var request = new AsyncLocal<string?> { Value = "first request" };
        var seen = new TaskCompletionSource<string?>();
        application.Encoder.BeforeEncode = _ => seen.TrySetResult(request.Value);
        await Encode(application.Get<QueryBatcher>(), "a");
        Assert.Null(await seen.Task);
    }

    private static Task<SparseVector> Encode(QueryBatcher batcher, string text) =>
        batcher.EncodeAsync(text, CancellationToken.None);

    private static IEnumerable<string> GetBatches(Application application) =>
        application.Encoder.Calls.Select(call => call.Texts);

    // The worker is inside the encoder with the query "a".
    private Application CreateBusy(
        out QueryBatcher batcher, out Task<SparseVector> first, Action<QueryBatchOptions>? configure = null)
    {
        var application = new Application(options => configure?.Invoke(options.Batch));
        application.Encoder.BeforeEncode = _gate.Pass;
        batcher = application.Get<QueryBatcher>();
        first = Encode(batcher, "a");
        return application;
    }
}
