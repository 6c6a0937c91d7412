using LuceneLsr.Orleans.Logs;
using LuceneLsr.Orleans.Messages;
using LuceneLsr.Orleans.Stores;
using LuceneLsr.Orleans.Tests.Support;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Orleans.Tests.Logs;

public sealed class ShardLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Batches_are_read_in_order_of_their_numbers()
    {
        var log = Open();
        for (var sequence = 1; sequence <= 40; sequence++)
        {
            Assert.True(await log.TryAppendAsync(sequence, CreateBatch(sequence), Token));
        }

        Assert.Equal(40, await Open().FindEndAsync(Token));
        var first = await log.ReadAsync(0, Token);
        var second = await log.ReadAsync(first!.Count, Token);
        Assert.Equal(
            Enumerable.Range(1, 40).Select(number => $"n{number}"),
            first.Concat(second!).Select(batch => batch.Batch.Documents.Single().Id));
        Assert.Empty((await log.ReadAsync(40, Token))!);
    }

    [Fact]
    public async Task Number_is_given_to_only_one_of_two_writers()
    {
        var (one, two) = (Open(), Open());
        var wins = 0;
        for (var sequence = 1; sequence <= 30; sequence++)
        {
            var appended = await Task.WhenAll(
                one.TryAppendAsync(sequence, CreateBatch(1), Token),
                two.TryAppendAsync(sequence, CreateBatch(2), Token));
            Assert.Single(appended, isAppended => isAppended);
            wins += appended[0] ? 1 : 0;
            var batch = Assert.Single((await one.ReadAsync(sequence - 1, Token))!).Batch;
            Assert.Equal(appended[0] ? "n1" : "n2", batch.Documents.Single().Id);
        }
    }

    // The writer slept between finding the end of the log and appending.
    [Fact]
    public async Task Writer_that_uses_a_number_whose_batch_was_deleted_notices_and_readers_ignore_it()
    {
        var log = Open();
        var index = _folder.Write("index/segments_1", "index");
        for (var sequence = 1; sequence <= 6; sequence++)
        {
            await log.TryAppendAsync(sequence, CreateBatch(sequence), Token);
            if (sequence % 2 == 0)
            {
                await log.Snapshots.UploadAsync(sequence, [index], Token);
            }
        }

        Assert.Equal(4, await log.Snapshots.GetTruncatedAsync(Token));
        Assert.False(await Open().TryAppendAsync(3, CreateBatch(100), Token));
        Assert.Equal(6, await log.FindEndAsync(Token));

        // Another one died right after it had created the object.
        var bytes = await Store.TryReadAsync("shard-00000/log/0000000000000000005", Token);
        await Store.TryCreateAsync("shard-00000/log/0000000000000000003", bytes, Token);
        Assert.Null(await log.ReadAsync(2, Token));
        Assert.Equal(2, (await log.ReadAsync(4, Token))!.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(60)]
    public async Task Torn_record_is_reported_with_its_key(int length)
    {
        var log = Open();
        await log.TryAppendAsync(1, CreateBatch(1), Token);
        var path = _folder.File("store/shard-00000/log/0000000000000000001");
        await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(path, Token))[..length], Token);
        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => log.ReadAsync(0, Token));
        Assert.StartsWith(
            $"The log record shard-00000/log/0000000000000000001 is corrupt ({length} bytes).", exception.Message);
    }

    [Fact]
    public async Task Flipped_bit_is_reported()
    {
        var log = Open();
        await log.TryAppendAsync(1, CreateBatch(1), Token);
        var path = _folder.File("store/shard-00000/log/0000000000000000001");
        var bytes = await File.ReadAllBytesAsync(path, Token);
        for (var position = 0; position < bytes.Length; position++)
        {
            var damaged = bytes.ToArray();
            damaged[position] ^= 4;
            Assert.Throws<InvalidDataException>(() => LogRecord.Parse("key", damaged));
        }
    }

    [Fact]
    public async Task Snapshot_is_downloaded_and_older_ones_are_deleted()
    {
        var log = Open();
        for (var sequence = 1; sequence <= 4; sequence++)
        {
            await log.TryAppendAsync(sequence, CreateBatch(sequence), Token);
            await log.Snapshots.UploadAsync(sequence, [_folder.Write("index/a", $"index {sequence}")], Token);
        }

        var target = Directory.CreateDirectory(_folder.File("target")).FullName;
        var manifest = await log.Snapshots.DownloadAsync(target, Token);
        Assert.Equal(4, manifest!.Sequence);
        Assert.Equal("index 4", await File.ReadAllTextAsync(Path.Combine(target, "a"), Token));
        Assert.Equal(2, (await Store.ListAsync("shard-00000/snapshots/", Token)).Count);
        Assert.Equal(["shard-00000/log/0000000000000000004"], await Store.ListAsync("shard-00000/log/", Token));
    }

    [Fact]
    public async Task Damaged_file_of_a_snapshot_is_reported()
    {
        var log = Open();
        await log.TryAppendAsync(1, CreateBatch(1), Token);
        await log.Snapshots.UploadAsync(1, [_folder.Write("index/a", "index")], Token);
        var key = Assert.Single(await Store.ListAsync("shard-00000/snapshots/", Token));
        _folder.Write($"store/{key}", "inde?");
        var target = Directory.CreateDirectory(_folder.File("target")).FullName;
        var exception = await Assert.ThrowsAsync<InvalidDataException>(
            () => log.Snapshots.DownloadAsync(target, Token));
        Assert.Contains(key, exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static ShardBatch CreateBatch(int number) => new(1, [Samples.Numbered(number)], []);

    private FolderShardStore Store => new(_folder.File("store"));

    private ShardLog Open() => new(Store, new ShardKeys(0), TestSerializer.Instance);
}
