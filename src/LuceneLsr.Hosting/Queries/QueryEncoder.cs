using LuceneLsr.Hosting.Batching;
using LuceneLsr.Hosting.Caching;
using LuceneLsr.Hosting.Telemetry;
using Polly;
using Polly.Registry;

namespace LuceneLsr.Hosting.Queries;

/// <summary>Looks queries up in the cache, and encodes the others in batches under the encoder policy.</summary>
/// <remarks>
/// The pipelines come before the batcher, because the container disposes in reverse order: Polly waits for queries in
/// progress, which the batcher has ended by then.
/// </remarks>
internal sealed class QueryEncoder(
    QueryVectorCache cache, ResiliencePipelineProvider<string> pipelines, QueryBatcher batcher, EncoderMetrics metrics)
    : IQueryEncoder
{
    private readonly ResiliencePipeline _policy = pipelines.GetPipeline(TelemetryNames.Source);

    /// <inheritdoc/>
    public async ValueTask<SparseVector> EncodeAsync(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (string.IsNullOrWhiteSpace(text))
        {
            return SparseVector.Empty;
        }

        using var activity = EncoderActivities.Start(TextSide.Query);
        try
        {
            var (vector, isHit) = await cache.GetOrEncodeAsync(text, EncodeInBatchAsync, cancellationToken)
                .ConfigureAwait(false);
            activity?.SetTag(TelemetryNames.CacheHit, isHit);
            return vector;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            metrics.CountFailure(exception);
            activity?.Fail(exception);
            throw;
        }
    }

    private ValueTask<SparseVector> EncodeInBatchAsync(string text, CancellationToken cancellationToken) =>
        _policy.ExecuteAsync(
            static (query, token) => new ValueTask<SparseVector>(query.batcher.EncodeAsync(query.text, token)),
            (batcher, text), cancellationToken);
}
