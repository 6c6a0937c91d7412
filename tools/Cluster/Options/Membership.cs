using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;

namespace LuceneLsr.Tools.Cluster.Options;

/// <summary>How the silos and clients of a cluster on this machine find each other.</summary>
/// <param name="Clustering">Where they find each other.</param>
/// <param name="Connection">The connection string of the server, or null for localhost.</param>
/// <param name="Port">The port of the first silo. Each further silo has the next one.</param>
internal sealed record Membership(Clustering Clustering, string? Connection, int Port)
{
    /// <summary>The default of <see cref="Port"/>.</summary>
    public const int DefaultPort = 11_111;

    private const int GatewayOffset = 1_000;
    private const string ClusterId = "lsr-cluster";

    /// <summary>How often silos probe each other: short enough to notice a death within seconds.</summary>
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Gets the membership of commands without options.</summary>
    public static Membership Default { get; } = new(Clustering.Localhost, Connection: null, DefaultPort);

    /// <summary>Gets whether the first silo holds the list of silos, so that nothing works without it.</summary>
    public bool NeedsFirstSilo => Clustering == Clustering.Localhost;

    /// <summary>Returns the command-line options of these values.</summary>
    public IEnumerable<string> ToArguments() =>
    [
        "--clustering", Clustering.ToString(), "--port", Port.ToString(CultureInfo.InvariantCulture),
        .. Connection is null ? Array.Empty<string>() : ["--connection", Connection],
    ];

    /// <summary>Checks the ports of a silo, because the system lets two silos listen at one port.</summary>
    /// <exception cref="IOException">A port is in use.</exception>
    public void RequireFreePorts(int number)
    {
        var used = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Select(listener => listener.Port).ToHashSet();
        foreach (var port in new[] { Port + number, GetGateway(number).Port })
        {
            if (used.Contains(port))
            {
                throw new IOException(
                    $"Port {port} is in use. Stop the cluster that uses it, or choose another --port.");
            }
        }
    }

    /// <summary>Lets a silo join.</summary>
    public void Configure(ISiloBuilder silo, int number)
    {
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (ClusterId, ClusterId));
        silo.ConfigureEndpoints(IPAddress.Loopback, Port + number, GetGateway(number).Port);
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = ProbeTimeout;
            options.NumMissedProbesLimit = 2;
            options.NumVotesForDeathDeclaration = 1;
        });
        switch (Clustering)
        {
            case Clustering.Localhost:
                silo.UseDevelopmentClustering(new IPEndPoint(IPAddress.Loopback, Port));
                break;
            case Clustering.Redis:
                silo.UseRedisClustering(Connection!);
                break;
            case Clustering.Postgres:
                silo.UseAdoNetClustering(options =>
                    (options.Invariant, options.ConnectionString) = ("Npgsql", Connection!));
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Lets a client find the silos.</summary>
    public void Configure(IClientBuilder client)
    {
        client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (ClusterId, ClusterId));
        client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = ProbeTimeout);
        switch (Clustering)
        {
            case Clustering.Localhost:
                client.UseStaticClustering(GetGateway(0));
                break;
            case Clustering.Redis:
                client.UseRedisClustering(Connection!);
                break;
            case Clustering.Postgres:
                client.UseAdoNetClustering(options =>
                    (options.Invariant, options.ConnectionString) = ("Npgsql", Connection!));
                break;
            default:
                throw new UnreachableException();
        }
    }

    private IPEndPoint GetGateway(int number) => new(IPAddress.Loopback, Port + GatewayOffset + number);
}
