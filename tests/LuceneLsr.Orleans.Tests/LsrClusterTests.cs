using CsCheck;
using LuceneLsr.Orleans.Grains;
using LuceneLsr.Orleans.Messages;
using LuceneLsr.Orleans.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LuceneLsr.Orleans.Tests;

public class LsrClusterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 2, 2)]
    [InlineData(3, 5, 2)]
    [InlineData(2, 16, 1)]
    public async Task Search_after_random_changes_equals_one_index_that_holds_everything(
        short silos, int shards, int replicas)
    {
        await using var test = await TestShards.StartAsync(silos, options =>
        {
            (options.Shards, options.Replicas) = (shards, replicas);
            options.SnapshotBatches = 4; // so that snapshots are part of it
        });
        var reference = new ReferenceIndex();
        await Gen.Select(Samples.Document.Array[0, 30], Samples.Id.Array[0, 10], Samples.Query.Array[3]).SampleAsync(
            async (documents, deleted, queries) =>
            {
                await test.Cluster.PutAsync(documents, Token);
                reference.Put(documents);
                await test.Cluster.DeleteAsync(deleted, Token);
                reference.Delete(deleted);
                foreach (var query in queries)
                {
                    reference.AssertEqual(query, await test.Cluster.SearchAsync(query, Token));
                }
            },
            iter: 15, threads: 1);
        Assert.True(reference.Count > 50);
    }

    [Fact]
    public async Task Search_during_writes_sees_whole_batches_of_a_shard_in_order()
    {
        await using var test = await TestShards.StartAsync(2, options => (options.Shards, options.Replicas) = (1, 2));
        var writing = Task.Run(
            async () =>
            {
                for (var batch = 0; batch < 40; batch++)
                {
                    await test.Cluster.PutAsync(
                        [.. Enumerable.Range(batch * 5, 5).Select(Samples.Numbered)], Token);
                }
            },
            Token);
        var (reader, seen) = (test.CreateClient(), 0L);
        while (!writing.IsCompleted)
        {
            var result = await reader.SearchAsync(Samples.AllNumbered, Token);
            Assert.Equal(0, result.TotalHits % 5);
            Assert.InRange(result.TotalHits, seen, 200); // never back in time, whichever replica answers
            Assert.Equal(
                Enumerable.Range(0, (int)result.TotalHits).Reverse().Select(number => $"n{number}"),
                result.Hits.Select(hit => hit.Id));
            seen = result.TotalHits;
        }

        await writing;
        Assert.Equal(200, (await test.Cluster.SearchAsync(Samples.AllNumbered, Token)).TotalHits);
    }

    [Fact]
    public async Task Kill_of_a_silo_loses_no_acknowledged_document_and_search_answers_exactly_again()
    {
        await using var test = await TestShards.StartAsync(3, options =>
        {
            (options.Shards, options.Replicas, options.SnapshotBatches) = (4, 2, 3);
        });
        var reference = new ReferenceIndex();
        for (var batch = 0; batch < 10; batch++)
        {
            if (batch == 5)
            {
                await test.Silos.KillSiloAsync(test.Silos.Silos[1], Token);
            }

            ClusterDocument[] documents = [.. Enumerable.Range(batch * 20, 20).Select(Samples.Numbered)];
            await test.Cluster.PutAsync(documents, Token);
            reference.Put(documents);
            var query = Samples.AllNumbered;
            reference.AssertEqual(query, await test.Cluster.SearchAsync(query, Token));
        }

        var states = await test.Cluster.GetStatusAsync(Token);
        Assert.Equal(200, states.Where(state => state.Replica == 0).Sum(state => state.Documents));
        Assert.Equal(200, states.Where(state => state.Replica == 1).Sum(state => state.Documents));
    }

    [Fact]
    public async Task Restart_of_all_silos_with_the_same_store_keeps_everything()
    {
        await using var test = await TestShards.StartAsync(2, options => options.Shards = 3);
        await test.Cluster.PutAsync([.. Enumerable.Range(0, 50).Select(Samples.Numbered)], Token);
        foreach (var silo in test.Silos.Silos.ToList())
        {
            await test.Silos.RestartSiloAsync(silo);
        }

        var result = await test.CreateClient().SearchAsync(Samples.AllNumbered, Token);
        Assert.Equal(50, result.TotalHits);
    }

    [Fact]
    public async Task Writer_whose_number_another_one_used_lets_the_client_write_again()
    {
        await using var test = await TestShards.StartAsync(1, options => options.Shards = 1);
        await test.Cluster.PutAsync([Samples.Numbered(1)], Token);
        var log = test.Silos.Silos[0].ServiceProvider.GetRequiredService<ShardLogs>().Open(0);
        Assert.True(await log.TryAppendAsync(2, new ShardBatch(1, [Samples.Numbered(2)], []), Token));
        await test.Cluster.PutAsync([Samples.Numbered(3)], Token);
        Assert.Equal(3, await log.FindEndAsync(Token));
        Assert.Equal(3, (await test.Cluster.SearchAsync(Samples.AllNumbered, Token)).TotalHits);
    }

    [Fact]
    public async Task Replicas_of_a_shard_are_on_different_silos_and_move_to_a_new_one()
    {
        await using var test = await TestShards.StartAsync(2, options => (options.Shards, options.Replicas) = (4, 2));
        await test.Cluster.PutAsync([.. Enumerable.Range(0, 50).Select(Samples.Numbered)], Token);
        AssertSpread(await test.Cluster.GetStatusAsync(Token), silos: 2);
        await test.Silos.StartAdditionalSiloAsync();
        while (!IsSpread(await test.Cluster.GetStatusAsync(Token), silos: 3))
        {
            Assert.Equal(50, (await test.Cluster.SearchAsync(Samples.AllNumbered, Token)).TotalHits);
            await Task.Delay(100, Token);
        }

        AssertSpread(await test.Cluster.GetStatusAsync(Token), silos: 3);
    }

    [Fact]
    public async Task Shard_that_does_not_answer_fails_the_search_or_is_named_as_missing()
    {
        var isBlocked = false;
        await using var test = await TestShards.StartAsync(
            2, options => (options.Shards, options.Replicas, options.ReplicationTimeout) =
                (2, 1, TimeSpan.FromMilliseconds(200)),
            wrap: (_, store) => new BlockedStore(
                store,
                key => Volatile.Read(ref isBlocked) && key.StartsWith("shard-00001/log", StringComparison.Ordinal)));
        ClusterDocument[] documents = [.. Enumerable.Range(0, 20).Select(Samples.Numbered)];
        await test.Cluster.PutAsync(documents, Token);
        Volatile.Write(ref isBlocked, true);
        await test.Cluster.PutAsync(documents, Token); // durable, but shard 1 cannot show it
        var query = Samples.AllNumbered with { Deadline = TimeSpan.FromMilliseconds(500) };
        var exception = await Assert.ThrowsAsync<TimeoutException>(() => test.Cluster.SearchAsync(query, Token));
        Assert.StartsWith("1 of 2 shards did not answer before the deadline: 1.", exception.Message);
        var partial = await test.Cluster.SearchAsync(query with { AllowPartial = true }, Token);
        Assert.Equal([1], partial.MissingShards);
        Assert.True(partial.IsPartial);
        Assert.Equal(
            documents.Select(document => document.Id).Where(id => ShardRoute.GetShard(id, 2) == 0).Reverse(),
            partial.Hits.Select(hit => hit.Id));
        Volatile.Write(ref isBlocked, false);
        Assert.Equal(20, (await test.Cluster.SearchAsync(Samples.AllNumbered, Token)).TotalHits);
    }

    [Fact]
    public async Task Hedged_search_is_answered_by_the_replica_that_can()
    {
        var blocked = "";
        await using var test = await TestShards.StartAsync(
            2,
            options => (options.Shards, options.Replicas, options.ReplicationTimeout) =
                (1, 2, TimeSpan.FromMilliseconds(200)),
            options => options.HedgeDelay = TimeSpan.FromMilliseconds(50),
            wrap: (silo, store) => new BlockedStore(
                store, key => Volatile.Read(ref blocked) == silo && key.Contains("/log/", StringComparison.Ordinal)));
        await test.Cluster.PutAsync([Samples.Numbered(0)], Token);
        Volatile.Write(ref blocked, test.Silos.Silos[0].Name);
        await test.Cluster.PutAsync([Samples.Numbered(1)], Token);
        for (var search = 0; search < 4; search++) // both replicas are asked first
        {
            var query = Samples.AllNumbered with { Deadline = TimeSpan.FromSeconds(5) };
            Assert.Equal(2, (await test.Cluster.SearchAsync(query, Token)).TotalHits);
        }

        Volatile.Write(ref blocked, "");
    }

    [Fact]
    public async Task Deadline_of_0_finds_nothing_and_says_so()
    {
        await using var test = await TestShards.StartAsync(1, options => options.Shards = 2);
        await test.Cluster.PutAsync([.. Enumerable.Range(0, 20).Select(Samples.Numbered)], Token);
        var query = Samples.AllNumbered with { Deadline = TimeSpan.Zero };
        await Assert.ThrowsAsync<TimeoutException>(() => test.Cluster.SearchAsync(query, Token));
        var partial = await test.Cluster.SearchAsync(query with { AllowPartial = true }, Token);
        Assert.Equal([0, 1], partial.MissingShards);
        Assert.Empty(partial.Hits);
    }

    [Fact]
    public async Task Odd_input_is_stored_as_it_is_or_refused()
    {
        await using var test = await TestShards.StartAsync(1, options => options.Shards = 3);
        string[] ids =
            ["../../etc/passwd", "a/b", " ", "\0", "\n", "ü", "😀", "id:with \"quotes\" + -", new('x', 1_000)];
        await test.Cluster.PutAsync(
            [.. ids.Select(id => new ClusterDocument(id, [new("t", 7)], new DocumentField("n", "x")))],
            Token);
        await test.Cluster.PutAsync([], Token);
        await test.Cluster.DeleteAsync([], Token);
        await test.Cluster.PutAsync([new ClusterDocument("large", [new("t", 1)],
            new DocumentField("text", new string('y', 12 << 20)))], Token);
        await test.Cluster.PutAsync([new ClusterDocument("empty", [])], Token);
        var query = new ClusterQuery([new("t", 1)]) { Top = int.MaxValue };
        var result = await test.Cluster.SearchAsync(query, Token);
        Assert.Equal([.. ids.Order(StringComparer.Ordinal), "large"], result.Hits.Select(hit => hit.Id));
        Assert.Equal(12 << 20, result.Hits[^1].Get("text")!.Length);
        Assert.Empty((await test.Cluster.SearchAsync(query with { Fields = [] }, Token)).Hits[0].Fields);
        Assert.Empty((await test.Cluster.SearchAsync(new ClusterQuery([]), Token)).Hits);
        await test.Cluster.DeleteAsync(ids, Token);
        Assert.Equal(["large"], (await test.Cluster.SearchAsync(query, Token)).Hits.Select(hit => hit.Id));
        await Assert.ThrowsAsync<ArgumentException>(() => test.Cluster.SearchAsync(query with { Top = 0 }, Token));
        await Assert.ThrowsAsync<ArgumentException>(
            () => test.Cluster.SearchAsync(query with { Deadline = TimeSpan.FromSeconds(-1) }, Token));
        await Assert.ThrowsAsync<ArgumentException>(
            () => test.Cluster.SearchAsync(new ClusterQuery([new("t", 0)]), Token));
        await Assert.ThrowsAsync<ArgumentException>(() => test.Cluster.DeleteAsync([""], Token));
    }

    private static bool IsSpread(IReadOnlyList<ReplicaStatus> states, int silos) =>
        states.All(state => state.Silo is not null) && states.GroupBy(state => state.Silo).Count() == silos
        && states.GroupBy(state => state.Silo).All(silo => silo.Count() <= (states.Count + silos - 1) / silos);

    private static void AssertSpread(IReadOnlyList<ReplicaStatus> states, int silos)
    {
        Assert.True(IsSpread(states, silos));
        Assert.All(states.GroupBy(state => state.Shard), shard => Assert.Equal(
            shard.Count(), shard.Select(state => state.Silo).Distinct().Count()));
    }
}
