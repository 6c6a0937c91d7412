using System.Diagnostics;
using LuceneLsr.Hosting.Queries;
using LuceneLsr.Hosting.Tests.Support;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace LuceneLsr.Hosting.Tests.Queries;

public class QueryEncoderTests
{
    private const string Failures = "lucenelsr.query.failures";

    [Fact]
    public async Task Encode_beyond_the_time_limit_throws_and_counts_a_failure()
    {
        using var gate = new Gate();
        using var application = new Application(options => options.Policy.Timeout = TimeSpan.FromMilliseconds(200));
        using var failures = application.Collect<long>(Failures);
        application.Encoder.BeforeEncode = gate.Pass;
        var query = EncodeAsync(application, "cut");
        await gate.WaitForArrivalAsync();
        application.Clock.Advance(TimeSpan.FromMilliseconds(199));
        Assert.False(query.IsCompleted);
        application.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await Assert.ThrowsAsync<TimeoutRejectedException>(() => query);
        Assert.Equal("Polly.Timeout.TimeoutRejectedException", failures.LastMeasurement?.Tags["error.type"]);
        Assert.Equal(1, failures.LastMeasurement?.Value);
    }

    [Fact]
    public async Task Encode_with_an_encoder_that_is_down_stops_asking_it_for_a_while()
    {
        using var application = new Application(options =>
        {
            options.Policy.CircuitBreaker.MinimumThroughput = 2;
            options.Policy.CircuitBreaker.BreakDuration = TimeSpan.FromSeconds(5);
        });
        await EncodeAsync(application, "cached");
        application.Encoder.BeforeEncode = _ => throw new InvalidDataException("The server is down.");
        await Assert.ThrowsAsync<InvalidDataException>(() => EncodeAsync(application, "a"));
        await Assert.ThrowsAsync<BrokenCircuitException>(() => EncodeAsync(application, "b"));
        application.Encoder.BeforeEncode = _ => { };
        await EncodeAsync(application, "cached");
        Assert.Equal(["cached", "a"], application.Encoder.Calls.Select(call => call.Texts));
        Assert.Contains(application.Logs.GetSnapshot(), log => log.Id.Name == "ResilienceEvent"
            && log.Message.Contains("OnCircuitOpened", StringComparison.Ordinal));
        application.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Single((await EncodeAsync(application, "b")).Entries);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public async Task Encode_blank_text_returns_no_terms_without_the_encoder(string text)
    {
        using var application = new Application();
        Assert.Same(SparseVector.Empty, await EncodeAsync(application, text));
        Assert.Empty(application.Encoder.Calls);
    }

    [Fact]
    public async Task Encode_that_the_caller_cancels_is_no_failure()
    {
        using var gate = new Gate();
        using var cancellation = new CancellationTokenSource();
        using var application = new Application();
        using var failures = application.Collect<long>(Failures);
        application.Encoder.BeforeEncode = gate.Pass;
        var query = application.Get<IQueryEncoder>().EncodeAsync("cut", cancellation.Token).AsTask();
        await gate.WaitForArrivalAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);
        Assert.Empty(failures.GetMeasurementSnapshot());
    }

    [Fact]
    public async Task Encode_records_an_activity_with_side_and_cache_hit_or_error()
    {
        using var application = new Application();
        using var trace = new Activity("test").Start();
        var activities = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "LuceneLsr.Hosting",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.TraceId == trace.TraceId ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = activities.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await EncodeAsync(application, "cut");
        await EncodeAsync(application, "cut");
        application.Encoder.BeforeEncode = _ => throw new InvalidDataException("The model is broken.");
        await Assert.ThrowsAsync<InvalidDataException>(() => EncodeAsync(application, "film"));
        Assert.All(activities, activity => Assert.Equal("encode query", activity.OperationName));
        Assert.All(activities, activity => Assert.Equal("query", activity.GetTagItem("lucenelsr.side")));
        Assert.Equal(
            [false, true, null], activities.Select(activity => activity.GetTagItem("lucenelsr.query.cache.hit")));
        Assert.Equal(
            (ActivityStatusCode.Error, "The model is broken.", "System.IO.InvalidDataException"),
            (activities[2].Status, activities[2].StatusDescription, activities[2].GetTagItem("error.type")));
    }

    private static Task<SparseVector> EncodeAsync(Application application, string text) =>
        application.Get<IQueryEncoder>().EncodeAsync(text, Application.Cancellation).AsTask();
}
