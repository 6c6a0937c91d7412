using Lucene.Net.Index;
using LuceneLsr.Hosting.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LuceneLsr.Hosting;

/// <summary>Health checks of encoder and index.</summary>
public static class HealthChecksBuilderExtensions
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Adds a check that encodes a short text, bypassing the cache.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">The status if encoding fails, or null for unhealthy.</param>
    /// <param name="tags">The tags of the check, or null for none.</param>
    /// <param name="timeout">How long the encoder may take, or null for 5 seconds.</param>
    public static IHealthChecksBuilder AddLsrEncoder(
        this IHealthChecksBuilder builder, string name = "lsr-encoder", HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name, services => ActivatorUtilities.CreateInstance<EncoderHealthCheck>(services), failureStatus, tags,
            timeout ?? DefaultTimeout));
    }

    /// <summary>Adds a check that the encoder matches the stamp of a field.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="field">The LSR field.</param>
    /// <param name="acquireReader">
    /// Opens a reader of the index or takes a reference to one, such as <c>DirectoryReader.Open(directory)</c> or
    /// <c>manager.Acquire().IndexReader</c>. The check releases it with <see cref="IndexReader.DecRef"/>.
    /// </param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">The status if the index does not match, or null for unhealthy.</param>
    /// <param name="tags">The tags of the check, or null for none.</param>
    public static IHealthChecksBuilder AddLsrIndex(
        this IHealthChecksBuilder builder, string field, Func<IServiceProvider, IndexReader> acquireReader,
        string name = "lsr-index", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(acquireReader);
        return builder.Add(new HealthCheckRegistration(
            name,
            services => new IndexHealthCheck(
                services.GetRequiredService<ISparseEncoder>(), field, () => acquireReader(services)),
            failureStatus, tags));
    }
}
