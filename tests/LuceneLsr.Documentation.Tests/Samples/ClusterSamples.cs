using System.Net;
using Amazon.S3;
using LuceneLsr.Hosting;
using LuceneLsr.Onnx;
using LuceneLsr.Orleans;
using LuceneLsr.Orleans.Messages;
using LuceneLsr.Orleans.S3;
using LuceneLsr.Orleans.Stores;
using LuceneLsr.TestSupport;
using LuceneLsr.VectorFiles;
using LuceneLsr.VectorFiles.Formats;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;

namespace LuceneLsr.Documentation.Tests.Samples;

/// <summary>The samples of docs/cluster.md.</summary>
public class ClusterSamples
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Silo_sample_stores_and_finds_a_document()
    {
        using var folder = new TemporaryFolder();
        var (siloPort, gatewayPort, sharedFolder, localFolder) =
            (FreePort.Find(), FreePort.Find(), folder.File("store"), folder.File("local"));
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLuceneLsr(_ => new WordCountEncoder(), _ => new ImpactScale(10));

        // <sample>
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(siloPort, gatewayPort)
            .AddLuceneLsrShards(
                _ => new FolderShardStore(sharedFolder),
                options => (options.Shards, options.Replicas, options.LocalFolder) = (8, 2, localFolder)));
        // </sample>

        using var host = builder.Build();
        await host.StartAsync(Token);
        var cluster = host.Services.GetRequiredService<LsrCluster>();
        var cancellationToken = Token;

        // <sample>
        var vectors = await cluster.EncodeDocumentsAsync(["cut scenes out of a movie"], cancellationToken);
        await cluster.PutAsync(
            [new ClusterDocument(
                "d1", vectors[0], new DocumentField("title", "Flowblade"),
                new DocumentField("section", "video", IsFilterable: true))],
            cancellationToken);

        var terms = await cluster.EncodeQueryAsync("movie scenes", cancellationToken);
        var query = new ClusterQuery(terms)
        {
            Top = 10,
            Filters = [new TermFilter("section", "video", "graphics")],
            Deadline = TimeSpan.FromMilliseconds(500),
            AllowPartial = true,
        };
        var result = await cluster.SearchAsync(query, cancellationToken);
        Console.WriteLine($"{result.Hits[0].Get("title")}: {result.Hits[0].Score}");
        Console.WriteLine(result.IsPartial
            ? $"Shards {string.Join(", ", result.MissingShards)} did not answer in time." : "All shards answered.");
        await cluster.DeleteAsync(["d1"], cancellationToken);
        // </sample>

        var (texts, path) = ((TextRecord[])[new("d2", "cut scenes")], folder.File("vectors.jsonl.gz"));
        var scale = new ImpactScale(10);

        // <sample>
        using var encoder = await cluster.CreateEncoderAsync(cancellationToken);
        var file = new VectorFileEncoder(encoder, TextSide.Document, new AnseriniFormat())
        {
            Settings = new Dictionary<string, string> { ["encoder"] = encoder.Identity?.Fingerprint ?? "1" },
        };
        file.Encode(texts, path, cancellationToken: cancellationToken);
        foreach (var chunk in AnseriniVectors.ReadFile(path).Chunk(500))
        {
            await cluster.PutAsync(
                [.. chunk.Select(record => new ClusterDocument(record.Id, scale.Quantize(record.Vector)))],
                cancellationToken);
        }
        // </sample>

        Assert.Equal("d2", Assert.Single((await cluster.SearchAsync(query with { Filters = [] }, Token)).Hits).Id);
        Assert.Equal(["cut", "scenes"], Assert.Single(AnseriniVectors.ReadFile(path)).Vector.Entries
            .Select(entry => entry.Term).Order());
        Assert.Equal("d1", Assert.Single(result.Hits).Id);
        Assert.Empty((await cluster.SearchAsync(query with { Deadline = null }, Token)).Hits);
        await host.StopAsync(Token);
    }

    [Fact]
    public void Clustering_samples_configure_silo_and_client()
    {
        var (redis, postgres, bucket) = ("localhost:6379", "Host=localhost", "products");
        var (checkpoint, address) = ("checkpoint", IPAddress.Loopback);
        var silo = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var client = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        silo.UseOrleans(ConfigureSilo);
        client.UseOrleansClient(ConfigureClient);
        using var host = client.Build();
        Assert.NotNull(host.Services.GetService<LsrCluster>());

        void ConfigureSilo(ISiloBuilder silo)
        {
            // <sample>
            silo.Services.AddLuceneLsr(_ => OnnxSparseEncoder.Load(checkpoint), encoder => encoder.Settings.ImpactScale);
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("products", "products"));
            silo.ConfigureEndpoints(address, siloPort: 11_111, gatewayPort: 30_000);
            silo.Configure<ClusterMembershipOptions>(options =>
                (options.ProbeTimeout, options.NumMissedProbesLimit, options.NumVotesForDeathDeclaration) =
                    (TimeSpan.FromSeconds(2), 2, 1));
            // </sample>

            // <sample>
            silo.UseRedisClustering(redis);
            silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", postgres));
            // </sample>

            // <sample>
            silo.AddLuceneLsrShards(_ => new S3ShardStore(new AmazonS3Client(), bucket, "indexes/products/"));
            // </sample>
        }

        void ConfigureClient(IClientBuilder client)
        {
            // <sample>
            client.UseRedisClustering(redis);
            client.AddLuceneLsrCluster(options => options.HedgeDelay = TimeSpan.FromMilliseconds(100));
            // </sample>
        }
    }
}
