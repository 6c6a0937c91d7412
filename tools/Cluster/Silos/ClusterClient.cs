using LuceneLsr.Orleans;
using LuceneLsr.Orleans.Configuration;
using LuceneLsr.Tools.Cluster.Options;
using Orleans.Hosting;

namespace LuceneLsr.Tools.Cluster.Silos;

/// <summary>A client of the cluster in this process.</summary>
internal sealed class ClusterClient : IAsyncDisposable
{
    private static readonly TimeSpan ConnectionTime = TimeSpan.FromSeconds(10); // otherwise it tries for minutes

    private readonly IHost _host;

    private ClusterClient(IHost host) => _host = host;

    /// <summary>Gets the index.</summary>
    public LsrCluster Cluster => _host.Services.GetRequiredService<LsrCluster>();

    /// <summary>Connects to the cluster.</summary>
    /// <exception cref="IOException">There is no cluster.</exception>
    public static async Task<ClusterClient> ConnectAsync(
        Membership membership, Action<LsrClusterOptions>? configure, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleansClient(client =>
        {
            membership.Configure(client);
            client.AddLuceneLsrCluster(configure);
        });
        var host = builder.Build();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(ConnectionTime);
        try
        {
            await host.StartAsync(deadline.Token).ConfigureAwait(false);
            return new(host);
        }
        catch (Exception exception)
        {
            host.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new IOException(
                "No silo answers. Start a cluster with 'lsr-cluster up', or correct --clustering and --port. "
                + "With --clustering localhost, nothing works without the first silo.",
                exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None).ConfigureAwait(false);
        _host.Dispose();
    }
}
