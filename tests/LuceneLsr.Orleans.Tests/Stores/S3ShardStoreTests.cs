using Amazon.Runtime;
using Amazon.S3;
using LuceneLsr.Orleans.S3;
using LuceneLsr.Orleans.Stores;

namespace LuceneLsr.Orleans.Tests.Stores;

public sealed class S3ShardStoreTests : ShardStoreTests
{
    private readonly FakeS3 _server = new("shards");
    private readonly AmazonS3Client _client;

    public S3ShardStoreTests() => _client = new AmazonS3Client(
        new BasicAWSCredentials("key", "secret"),
        new AmazonS3Config { ServiceURL = _server.Address, ForcePathStyle = true, UseHttp = true, MaxErrorRetry = 1 });

    protected override IShardStore Store => new S3ShardStore(_client, "shards", "indexes/one/");

    [Fact]
    public async Task List_reads_all_pages()
    {
        var token = TestContext.Current.CancellationToken;
        for (var number = 0; number < 2 * FakeS3.PageSize; number++)
        {
            await Store.TryCreateAsync($"many/{number:D3}", new byte[] { 1 }, token);
        }

        Assert.Equal(
            Enumerable.Range(0, 2 * FakeS3.PageSize).Select(number => $"many/{number:D3}"),
            await Store.ListAsync("many/", token));
    }

    [Fact]
    public async Task Missing_bucket_is_an_error_of_the_file_system()
    {
        var exception = await Assert.ThrowsAsync<IOException>(() => new S3ShardStore(_client, "other").TryCreateAsync(
            "a/1", new byte[] { 1 }, TestContext.Current.CancellationToken));
        Assert.StartsWith("The bucket other refuses a request for a/1: ", exception.Message);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _client.Dispose();
        _server.Dispose();
    }
}
