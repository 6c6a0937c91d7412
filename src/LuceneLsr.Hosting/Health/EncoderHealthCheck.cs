using LuceneLsr.Hosting.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LuceneLsr.Hosting.Health;

/// <summary>Checks that the encoder encodes a short text, bypassing cache, queue and policy.</summary>
/// <remarks>The health check service turns exceptions into the failure status of the registration.</remarks>
internal sealed class EncoderHealthCheck([FromKeyedServices(MeasuredEncoder.InnerKey)] ISparseEncoder encoder)
    : IHealthCheck
{
    private const string Probe = "health";

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // An encoder may hang without looking at its token.
        await Task.Run(() => encoder.Encode(Probe, TextSide.Query, cancellationToken), cancellationToken)
            .WaitAsync(cancellationToken).ConfigureAwait(false);
        return HealthCheckResult.Healthy();
    }
}
