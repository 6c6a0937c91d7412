using LuceneLsr.Orleans.Configuration;
using LuceneLsr.Orleans.Stores;
using LuceneLsr.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace LuceneLsr.Orleans.Tests.Support;

/// <summary>Silos of one process with a store in a folder, and a client.</summary>
internal sealed class TestShards : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;

    private TestShards(InProcessTestCluster silos, TemporaryFolder folder) => (Silos, _folder) = (silos, folder);

    /// <summary>Gets the silos.</summary>
    public InProcessTestCluster Silos { get; }

    /// <summary>Gets the client.</summary>
    public LsrCluster Cluster => Silos.Client.ServiceProvider.GetRequiredService<LsrCluster>();

    /// <summary>Starts silos.</summary>
    /// <param name="silos">The number of silos.</param>
    /// <param name="configure">Sets the options of the shards.</param>
    /// <param name="configureClient">Sets the options of the client, or null for the defaults.</param>
    /// <param name="configureSilo">Registers further services of each silo, or null for none.</param>
    /// <param name="wrap">Wraps the store of a silo, which is told by its name, or null for the store itself.</param>
    public static async Task<TestShards> StartAsync(
        short silos, Action<LsrShardOptions> configure, Action<LsrClusterOptions>? configureClient = null,
        Action<ISiloBuilder>? configureSilo = null, Func<string, IShardStore, IShardStore>? wrap = null)
    {
        var folder = new TemporaryFolder();
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((options, silo) =>
        {
            silo.AddLuceneLsrShards(
                _ => (wrap ?? ((_, store) => store))(options.SiloName, new FolderShardStore(folder.File("store"))),
                shards =>
                {
                    shards.LocalFolder = folder.File("local");
                    shards.RebalanceDelay = TimeSpan.FromMilliseconds(200);
                    shards.RefreshInterval = TimeSpan.FromMilliseconds(100);
                    configure(shards);
                });
            silo.Configure<ClusterMembershipOptions>(membership =>
            {
                membership.ProbeTimeout = TimeSpan.FromMilliseconds(500);
                membership.NumMissedProbesLimit = 1;
                membership.NumVotesForDeathDeclaration = 1;
            });
            configureSilo?.Invoke(silo);
        });
        builder.ConfigureClient(client => client.AddLuceneLsrCluster(options =>
        {
            options.Deadline = TimeSpan.FromSeconds(60); // test machines may be slow
            configureClient?.Invoke(options);
        }));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new(cluster, folder);
    }

    /// <summary>Creates another client, which has not seen what the first one wrote.</summary>
    public LsrCluster CreateClient() =>
        new(Silos.Client, Silos.Client.ServiceProvider.GetRequiredService<IOptions<LsrClusterOptions>>());

    public async ValueTask DisposeAsync()
    {
        await Silos.DisposeAsync();
        _folder.Dispose();
    }
}
