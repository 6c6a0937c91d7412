using LuceneLsr.Hosting;
using LuceneLsr.Orleans.Messages;
using LuceneLsr.Orleans.Tests.Support;

namespace LuceneLsr.Orleans.Tests.Grains;

public class EncoderGrainTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Queries_of_many_callers_are_encoded_together()
    {
        using var encoder = new WordEncoder();
        await using var test = await TestShards.StartAsync(
            1, options => options.Shards = 2,
            configureSilo: silo => silo.Services.AddLuceneLsr(_ => encoder, _ => new ImpactScale(10)));
        var texts = Enumerable.Range(0, 40).Select(number => $"video editor {number}").ToList();
        var vectors = await test.Cluster.EncodeDocumentsAsync(texts, Token);
        await test.Cluster.PutAsync(
            [.. vectors.Index().Select(vector => new ClusterDocument($"d{vector.Index}", vector.Item))], Token);
        var found = await Task.WhenAll(Enumerable.Range(0, 40).Select(async number =>
        {
            var terms = await test.Cluster.EncodeQueryAsync($"{number}", Token);
            return (await test.Cluster.SearchAsync(new ClusterQuery(terms), Token)).Hits.Single();
        }));
        Assert.Equal(
            Enumerable.Range(0, 40).Select(number => ($"d{number}", 100f)), found.Select(hit => (hit.Id, hit.Score)));
        Assert.True(encoder.LargestBatch > 1);
    }

    [Fact]
    public async Task Silo_without_an_encoder_says_what_to_do()
    {
        await using var test = await TestShards.StartAsync(1, options => options.Shards = 1);
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => test.Cluster.EncodeQueryAsync("text", Token));
        Assert.Matches("^Silo S.* has no encoder. Call AddLuceneLsr", exception.Message);
    }
}
