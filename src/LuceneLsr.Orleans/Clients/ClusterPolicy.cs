using LuceneLsr.Orleans.Configuration;
using LuceneLsr.Orleans.Messages;
using Polly;
using Polly.Hedging;
using Polly.Retry;
using Polly.Timeout;

namespace LuceneLsr.Orleans.Clients;

/// <summary>How calls are repeated. The caller's token ends them.</summary>
internal static class ClusterPolicy
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Searches a shard: asks a second replica when the first is late or fails, and starts again when all have failed.
    /// </summary>
    public static ResiliencePipeline<ShardAnswer> CreateSearch(LsrClusterOptions options, int replicas)
    {
        var builder = new ResiliencePipelineBuilder<ShardAnswer>().AddRetry(new RetryStrategyOptions<ShardAnswer>
        {
            ShouldHandle = arguments => new(IsTransient(arguments.Outcome.Exception, arguments.Context)),
            MaxRetryAttempts = int.MaxValue,
            Delay = FirstDelay,
            MaxDelay = MaxDelay,
            BackoffType = DelayBackoffType.Exponential,
        }).AddTimeout(options.AttemptTimeout);
        if (replicas > 1)
        {
            builder.AddHedging(new HedgingStrategyOptions<ShardAnswer>
            {
                ShouldHandle = arguments => new(IsTransient(arguments.Outcome.Exception, arguments.Context)),
                Delay = options.HedgeDelay,
                MaxHedgedAttempts = replicas - 1,
            });
        }

        return builder.Build();
    }

    /// <summary>
    /// Repeats a write while the cluster changes. A batch may be written twice, which changes nothing.
    /// </summary>
    public static ResiliencePipeline CreateWrite(LsrClusterOptions options) => new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = arguments => new(
                arguments.Outcome.Exception is OrleansException or TimeoutException or TimeoutRejectedException
                    or OperationCanceledException
                && IsTransient(arguments.Outcome.Exception, arguments.Context)),
            MaxRetryAttempts = int.MaxValue,
            Delay = FirstDelay,
            MaxDelay = MaxDelay,
            BackoffType = DelayBackoffType.Exponential,
        })
        .AddTimeout(options.AttemptTimeout)
        .Build();

    /// <summary>
    /// Repeats the encoding of a chunk on other silos, for at least a minute. By then it is known which silo has died.
    /// </summary>
    public static ResiliencePipeline CreateEncode() => new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<OrleansException>().Handle<TimeoutException>(),
            MaxRetryAttempts = 40,
            Delay = FirstDelay,
            MaxDelay = TimeSpan.FromSeconds(2),
            BackoffType = DelayBackoffType.Exponential,
        })
        .Build();

    // A silo may cancel by itself, for example when its store does not answer.
    private static bool IsTransient(Exception? exception, ResilienceContext context) => exception is not (
        null or ArgumentException or InvalidDataException)
        && !(exception is OperationCanceledException && context.CancellationToken.IsCancellationRequested);
}
