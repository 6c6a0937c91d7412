using LuceneLsr.Orleans.Configuration;
using LuceneLsr.Orleans.Logs;
using LuceneLsr.Orleans.Messages;
using LuceneLsr.Orleans.Replicas;
using LuceneLsr.Orleans.Stores;
using LuceneLsr.Orleans.Tests.Support;
using LuceneLsr.Search;
using LuceneLsr.TestSupport;
using Microsoft.Extensions.Options;

namespace LuceneLsr.Orleans.Tests.Replicas;

public sealed class ShardReplicaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LsrShardOptions _options;
    private readonly WorkFolder _work;

    public ShardReplicaTests()
    {
        _options = new() { LocalFolder = _folder.File("local"), SnapshotBatches = 5 };
        _work = new(Options.Create(_options));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replica_starts_from_the_newest_snapshot_and_the_log_after_it()
    {
        var log = OpenLog();
        await AppendAsync(log, 1, 10);
        await using (var first = Create(log))
        {
            await first.CatchUpAsync(10, Token);
            Assert.True(first.NeedsSnapshot);
            await first.StoreSnapshotAsync();
            Assert.False(first.NeedsSnapshot);
            await AppendAsync(log, 11, 16);
            await first.CatchUpAsync(16, Token);
            await first.StoreSnapshotAsync();
        }

        Assert.Equal(10, await log.Snapshots.GetTruncatedAsync(Token));
        await AppendAsync(log, 17, 18);
        await using var second = Create(log);
        Assert.Equal(18, await CountAsync(second, minSequence: 18));
    }

    [Fact]
    public async Task Replica_that_lags_behind_deleted_batches_starts_anew()
    {
        var log = OpenLog();
        await using var late = Create(log);
        await AppendAsync(log, 1, 3);
        Assert.Equal(3, await CountAsync(late, minSequence: 3));
        await using var other = Create(log);
        for (var end = 6; end <= 12; end += 3)
        {
            await AppendAsync(log, end - 2, end);
            await other.CatchUpAsync(end, Token);
            await other.StoreSnapshotAsync();
        }

        Assert.Equal(9, await log.Snapshots.GetTruncatedAsync(Token));
        Assert.Equal(12, await CountAsync(late, minSequence: 12));
    }

    // Each read of the last batch appends another one.
    [Fact]
    public async Task Replica_shows_batches_although_the_log_grows_all_the_time()
    {
        var (log, next) = (OpenLog(), 2);
        await AppendAsync(log, 1, 1);
        var growing = new BlockedStore(Store, key =>
        {
            if (key.EndsWith($"{next - 1:D19}", StringComparison.Ordinal))
            {
                AppendAsync(log, next, next).GetAwaiter().GetResult();
                next++;
            }

            return false;
        });
        await using var replica = Create(new ShardLog(growing, new ShardKeys(0), TestSerializer.Instance));
        Assert.InRange(await CountAsync(replica, minSequence: 1), 1, 256);
    }

    [Fact]
    public async Task Search_for_a_batch_that_does_not_exist_waits_until_it_is_canceled()
    {
        var log = OpenLog();
        await AppendAsync(log, 1, 1);
        await using var replica = Create(log);
        using var source = new CancellationTokenSource(200);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => replica.CatchUpAsync(2, source.Token));
    }

    [Fact]
    public async Task Corrupt_batch_fails_searches_until_it_is_restored()
    {
        var log = OpenLog();
        await AppendAsync(log, 1, 2);
        var path = _folder.File("store/shard-00000/log/0000000000000000002");
        var bytes = await File.ReadAllBytesAsync(path, Token);
        await File.WriteAllBytesAsync(path, bytes[..^1], Token);
        await using var replica = Create(log);
        await Assert.ThrowsAsync<InvalidDataException>(() => CountAsync(replica, minSequence: 0));
        await File.WriteAllBytesAsync(path, bytes, Token);
        Assert.Equal(2, await CountAsync(replica, minSequence: 0));
    }

    [Fact]
    public async Task Replica_waits_for_a_batch_that_is_missing_and_then_names_it()
    {
        var log = OpenLog();
        await AppendAsync(log, 1, 3);
        var path = _folder.File("store/shard-00000/log/0000000000000000002");
        File.Move(path, path + ".lost");
        await using var replica = Create(log);
        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => CountAsync(replica, minSequence: 0));
        Assert.StartsWith(
            "shard-00000/log/0000000000000000002 is missing, but the log goes on to batch 3.", exception.Message);
        var counting = CountAsync(replica, minSequence: 0);
        File.Move(path + ".lost", path);
        Assert.Equal(3, await counting);
    }

    [Fact]
    public async Task Folder_of_a_silo_that_died_is_deleted_and_that_of_a_live_one_is_not()
    {
        var log = OpenLog();
        await AppendAsync(log, 1, 1);
        await using var replica = Create(log);
        Assert.Equal(1, await CountAsync(replica, minSequence: 1));
        _folder.Write("local/dead/silo.lock", "");
        _folder.Write("local/dead/index/segments_1", "");
        using (new WorkFolder(Options.Create(_options)))
        {
            Assert.False(Directory.Exists(_folder.File("local/dead")));
            Assert.Equal(2, Directory.GetDirectories(_folder.File("local")).Length);
        }

        Assert.Equal(1, await CountAsync(replica, minSequence: 1));
    }

    public void Dispose()
    {
        _work.Dispose();
        _folder.Dispose();
    }

    private static async Task AppendAsync(ShardLog log, int first, int last)
    {
        for (var sequence = first; sequence <= last; sequence++)
        {
            Assert.True(await log.TryAppendAsync(sequence, new ShardBatch(1, [Samples.Numbered(sequence)], []), Token));
        }
    }

    private static async Task<long> CountAsync(ShardReplica replica, long minSequence)
    {
        var query = new ShardQuery
        {
            Terms = new ImpactTerms([.. Samples.AllNumbered.Terms]),
            Top = 10,
            Filters = [],
            FieldNames = null,
            MinSequence = minSequence,
            Time = TimeSpan.FromSeconds(30),
        };
        var answer = await replica.SearchAsync(query, new SearchBudget(query.Time), Token);
        Assert.True(answer!.Sequence >= minSequence);
        return answer.TotalHits;
    }

    private FolderShardStore Store => new(_folder.File("store"));

    private ShardLog OpenLog() => new(Store, new ShardKeys(0), TestSerializer.Instance);

    private ShardReplica Create(ShardLog log) =>
        new(log, _work, new LuceneScheduler(Options.Create(_options)), _options);
}
