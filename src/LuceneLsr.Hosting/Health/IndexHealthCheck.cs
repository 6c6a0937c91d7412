using Lucene.Net.Index;
using LuceneLsr.Indexing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LuceneLsr.Hosting.Health;

/// <summary>Checks that an index was filled by the application's encoder.</summary>
/// <remarks>The health check service turns exceptions into the failure status of the registration.</remarks>
internal sealed class IndexHealthCheck(ISparseEncoder encoder, string field, Func<IndexReader> acquireReader)
    : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var reader = acquireReader();
        try
        {
            LsrIndexStamp.Verify(reader, field, encoder);
            return Task.FromResult(HealthCheckResult.Healthy());
        }
        finally
        {
            reader.DecRef();
        }
    }
}
