using LuceneLsr.Orleans.Stores;
using LuceneLsr.Orleans.Tests.Support;
using LuceneLsr.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;

namespace LuceneLsr.Orleans.Tests.Clustering;

/// <summary>Silos that find each other through a real Redis or PostgreSQL server, where the machine has one.</summary>
public class ClusteringTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Silos_find_each_other_through_Redis()
    {
        using var server = RedisServer.TryStart();
        Assert.SkipWhen(server is null, "redis-server is not installed.");
        await SearchOnTwoSilosAsync(
            silo => silo.UseRedisClustering(server.ConnectionString),
            client => client.UseRedisClustering(server.ConnectionString));
    }

    [Fact]
    public async Task Silos_find_each_other_through_PostgreSQL()
    {
        using var server = await PostgreSqlServer.TryStartAsync(Token);
        Assert.SkipWhen(
            server is null,
            $"PostgreSQL is not installed, or {PostgreSqlServer.ScriptsVariable} does not name a folder with the "
            + "scripts of Orleans.");
        await SearchOnTwoSilosAsync(
            silo => silo.UseAdoNetClustering(options =>
                (options.Invariant, options.ConnectionString) = ("Npgsql", server.ConnectionString)),
            client => client.UseAdoNetClustering(options =>
                (options.Invariant, options.ConnectionString) = ("Npgsql", server.ConnectionString)));
    }

    private static async Task SearchOnTwoSilosAsync(Action<ISiloBuilder> joinSilo, Action<IClientBuilder> joinClient)
    {
        using var folder = new TemporaryFolder();
        using var first = CreateSilo(folder, joinSilo);
        await first.StartAsync(Token);
        using var second = CreateSilo(folder, joinSilo);
        await second.StartAsync(Token);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleansClient(client =>
        {
            joinClient(client);
            client.AddLuceneLsrCluster();
        });
        using var client = builder.Build();
        await client.StartAsync(Token);
        var cluster = client.Services.GetRequiredService<LsrCluster>();
        await cluster.PutAsync([.. Enumerable.Range(0, 50).Select(Samples.Numbered)], Token);
        Assert.Equal(50, (await cluster.SearchAsync(Samples.AllNumbered, Token)).TotalHits);
        Assert.Equal(2, (await cluster.GetStatusAsync(Token)).Select(state => state.Silo).Distinct().Count());
        await client.StopAsync(Token);
        await second.StopAsync(Token);
        await first.StopAsync(Token);
    }

    private static IHost CreateSilo(TemporaryFolder folder, Action<ISiloBuilder> join)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleans(silo =>
        {
            join(silo);
            var (siloPort, gatewayPort) = (FreePort.Find(), FreePort.Find());
            silo.Configure<EndpointOptions>(options =>
            {
                options.AdvertisedIPAddress = System.Net.IPAddress.Loopback;
                (options.SiloPort, options.GatewayPort) = (siloPort, gatewayPort);
            });
            silo.AddLuceneLsrShards(
                _ => new FolderShardStore(folder.File("store")), options => options.LocalFolder = folder.File("local"));
        });
        return builder.Build();
    }
}
