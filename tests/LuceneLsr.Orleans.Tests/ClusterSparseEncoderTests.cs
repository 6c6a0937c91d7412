using System.Collections.Concurrent;
using CsCheck;
using LuceneLsr.Hosting;
using LuceneLsr.Orleans.Grains;
using LuceneLsr.Orleans.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace LuceneLsr.Orleans.Tests;

public sealed class ClusterSparseEncoderTests
{
    private static readonly Gen<string[][]> Chunks =
        Gen.String[Gen.Char["ab "], 0, 12].Array[1, 20].Array[60];

    private readonly ConcurrentDictionary<string, ChunkEncoder> _encoders = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, TextSide.Document)]
    [InlineData(3, TextSide.Document)]
    [InlineData(3, TextSide.Query)]
    public async Task Chunks_get_the_vectors_of_a_local_encoder_and_all_silos_share_them(short silos, TextSide side)
    {
        var chunks = Chunks.Single();
        await using var test = await StartAsync(silos);
        using var encoder = await test.Cluster.CreateEncoderAsync(Token);
        AssertEncoded(chunks, side, encoder.EncodeChunks(chunks, text => text, side, Token));
        Assert.Equal("chunks", encoder.VocabularyId);
        Assert.Equal("abc", encoder.Identity!.Fingerprint);
        Assert.Equal(silos, _encoders.Count);
        Assert.All(_encoders.Values, local => Assert.True(local.Calls.Count >= 30 / silos));
    }

    [Fact]
    public async Task Texts_of_one_call_are_one_chunk()
    {
        await using var test = await StartAsync(2);
        using var encoder = await test.Cluster.CreateEncoderAsync(Token);
        string[] texts = ["a bb", "", "ccc"];
        AssertEncoded([texts], TextSide.Document, [(texts, encoder.Encode(texts, TextSide.Document, Token))]);
        Assert.Empty(encoder.Encode([], TextSide.Document, Token));
    }

    [Fact]
    public async Task Silo_killed_while_it_encodes_changes_no_vector()
    {
        var chunks = Chunks.Single();
        await using var test = await StartAsync(3);
        var victim = test.Silos.Silos[1];
        var started = new TaskCompletionSource();
        _encoders[victim.Name].Wait = cancellation =>
        {
            started.TrySetResult();
            cancellation.WaitHandle.WaitOne(); // never answers
        };
        using var encoder = await test.Cluster.CreateEncoderAsync(Token);
        var encoding = Task.Run(
            () => encoder.EncodeChunks(chunks, text => text, TextSide.Document, Token).ToList(), Token);
        await started.Task;
        await test.Silos.KillSiloAsync(victim, Token);
        AssertEncoded(chunks, TextSide.Document, await encoding);
    }

    [Fact]
    public async Task Lost_call_is_repeated()
    {
        var (calls, end) = (0, new TaskCompletionSource());
        await using var test = await StartAsync(2, configure: silo => silo.AddIncomingGrainCallFilter(call =>
            call.InterfaceMethod.Name == nameof(IChunkEncoderGrain.EncodeAsync) && Interlocked.Increment(ref calls) <= 2
                ? end.Task
                : call.Invoke()));
        var chunks = Chunks.Single();
        using var encoder = await test.Cluster.CreateEncoderAsync(Token);
        AssertEncoded(
            chunks, TextSide.Document, encoder.EncodeChunks(chunks, text => text, TextSide.Document, Token));
        end.SetResult(); // so that the silos can stop
    }

    [Fact]
    public async Task Slow_chunk_is_encoded_once()
    {
        await using var test = await StartAsync(2);
        using var encoder = await test.Cluster.CreateEncoderAsync(Token);
        foreach (var local in _encoders.Values)
        {
            local.Wait = cancellation => cancellation.WaitHandle.WaitOne(TimeSpan.FromSeconds(5));
        }

        string[] texts = ["slow"];
        AssertEncoded([texts], TextSide.Document, [(texts, encoder.Encode(texts, TextSide.Document, Token))]);
        Assert.Equal(1, _encoders.Values.Sum(local => local.Calls.Count));
    }

    [Fact]
    public async Task Encoder_on_a_wrong_silo_moves_to_its_own()
    {
        await using var test = await StartAsync(2);
        var own = test.Silos.Silos[1].SiloAddress;
        RequestContext.Set(IPlacementDirector.PlacementHintKey, test.Silos.Silos[0].SiloAddress);
        var grain = test.Silos.Client.GetGrain<IChunkEncoderGrain>(own.ToParsableString());
        Assert.False(await grain.IsEncodingAsync(Guid.NewGuid()));
        RequestContext.Clear();
        using var encoder = await test.Cluster.CreateEncoderAsync(Token);
        var chunks = Chunks.Single();
        AssertEncoded(
            chunks, TextSide.Document, encoder.EncodeChunks(chunks, text => text, TextSide.Document, Token));
        Assert.All(_encoders.Values, local => Assert.NotEmpty(local.Calls));
    }

    [Fact]
    public async Task Corpus_that_cannot_be_read_further_ends_the_work_of_the_silo()
    {
        await using var test = await StartAsync(1);
        using var encoder = await test.Cluster.CreateEncoderAsync(Token);
        using var started = new ManualResetEventSlim();
        var ended = new TaskCompletionSource();
        _encoders.Values.Single().Wait = cancellation =>
        {
            started.Set();
            cancellation.WaitHandle.WaitOne();
            ended.SetResult();
        };
        Assert.Throws<InvalidDataException>(() => encoder
            .EncodeChunks(ReadChunks(started), text => text, TextSide.Document, Token).ToList());
        await ended.Task.WaitAsync(Token);
    }

    [Fact]
    public async Task Silo_that_joins_gets_chunks()
    {
        await using var test = await StartAsync(1);
        using var encoder = await test.Cluster.CreateEncoderAsync(Token);
        _encoders.Values.Single().Wait = _ => Thread.Sleep(50);
        var joined = await test.Silos.StartAdditionalSiloAsync();
        await test.Silos.WaitForClusterManifestToStabilizeAsync(didKill: false);
        var chunks = Chunks.Single();
        AssertEncoded(
            chunks, TextSide.Document, encoder.EncodeChunks(chunks, text => text, TextSide.Document, Token));
        Assert.NotEmpty(_encoders[joined.Name].Calls);
    }

    [Fact]
    public async Task Silos_with_different_encoders_are_refused_with_both_names()
    {
        await using var test = await StartAsync(2, name => new(name, fingerprint: $"print of {name}"));
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => test.Cluster.CreateEncoderAsync(Token));
        Assert.StartsWith("Silos have different encoders: the encoder '", exception.Message);
        Assert.All(_encoders.Keys, name => Assert.Contains($"'{name}' (print of {name}; Text)", exception.Message));
    }

    [Fact]
    public async Task Silo_that_joins_with_another_encoder_is_refused_with_both_names()
    {
        await using var test = await StartAsync(1, name => new(name, $"print {_encoders.Count}"));
        using var encoder = await test.Cluster.CreateEncoderAsync(Token);
        var joined = await test.Silos.StartAdditionalSiloAsync();
        await test.Silos.WaitForClusterManifestToStabilizeAsync(didKill: false);
        var exception = Assert.Throws<InvalidOperationException>(() => encoder
            .EncodeChunks(Chunks.Single(), text => text, TextSide.Document, Token).ToList());
        Assert.StartsWith(
            $"Silo {joined.SiloAddress} has the encoder '{joined.Name}' (print 1; Text), but others have",
            exception.Message);
    }

    [Fact]
    public async Task Silo_without_an_encoder_says_what_to_do()
    {
        await using var test = await TestShards.StartAsync(1, options => options.Shards = 1);
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => test.Cluster.CreateEncoderAsync(Token));
        Assert.Matches("^Silo S.* has no encoder. Call AddLuceneLsr", exception.Message);
    }

    [Fact]
    public async Task Canceled_call_ends_the_work_of_the_silo()
    {
        await using var test = await StartAsync(1);
        using var encoder = await test.Cluster.CreateEncoderAsync(Token);
        using var canceling = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var ended = new TaskCompletionSource();
        _encoders.Values.Single().Wait = cancellation =>
        {
            canceling.Cancel();
            cancellation.WaitHandle.WaitOne();
            ended.SetResult();
        };
        Assert.ThrowsAny<OperationCanceledException>(
            () => encoder.Encode(["text"], TextSide.Document, canceling.Token));
        await ended.Task;
    }

    [Fact]
    public async Task Queries_of_one_client_are_shared_by_all_silos()
    {
        await using var test = await StartAsync(3);
        for (var query = 0; query < 64; query++)
        {
            Assert.Equal("text", Assert.Single(await test.Cluster.EncodeQueryAsync("text", Token)).Term);
        }

        Assert.All(_encoders.Values, encoder => Assert.NotEmpty(encoder.Calls));
    }

    private static IEnumerable<string[]> ReadChunks(ManualResetEventSlim started)
    {
        yield return ["text"];
        started.Wait(Token);
        throw new InvalidDataException("Line 2 is corrupt.");
    }

    private static void AssertEncoded(
        IReadOnlyList<IReadOnlyList<string>> chunks, TextSide side,
        IEnumerable<(IReadOnlyList<string> Chunk, IReadOnlyList<SparseVector> Vectors)> encoded)
    {
        using var local = new ChunkEncoder("local");
        var found = encoded.ToList();
        Assert.Equal(chunks, found.Select(chunk => chunk.Chunk));
        Assert.All(found, chunk => Assert.Equal(
            local.Encode(chunk.Chunk, side, Token).Select(vector => vector.Entries),
            chunk.Vectors.Select(vector => vector.Entries)));
    }

    private Task<TestShards> StartAsync(
        short silos, Func<string, ChunkEncoder>? create = null, Action<ISiloBuilder>? configure = null) =>
        TestShards.StartAsync(
            silos, options => options.Shards = 1,
            configureSilo: silo =>
            {
                silo.Services.AddLuceneLsr(
                    services => _encoders.GetOrAdd(
                        services.GetRequiredService<ILocalSiloDetails>().Name, create ?? (name => new(name))),
                    _ => new ImpactScale(10));
                configure?.Invoke(silo);
            });
}
