using LuceneLsr.Orleans.Clients;
using LuceneLsr.Orleans.Configuration;
using LuceneLsr.Orleans.Grains;
using LuceneLsr.Orleans.Messages;
using LuceneLsr.Orleans.Placement;
using Microsoft.Extensions.Options;
using Polly;

namespace LuceneLsr.Orleans;

/// <summary>
/// An LSR index on the silos of a cluster. Searches return the same documents, scores and order as one index that holds
/// everything. Thread-safe. Use one instance: it makes sure that it reads what it wrote.
/// </summary>
public sealed class LsrCluster
{
    private const int EncoderKeys = 64;

    private readonly IGrainFactory _grains;
    private readonly LsrClusterOptions _options;
    private readonly ResiliencePipeline _writePolicy;
    private volatile ClusterConnection? _connection;
    private uint _searches;
    private uint _encodings;

    /// <summary>Creates a client.</summary>
    /// <param name="grains">The client of the cluster, or the grain factory of a silo.</param>
    /// <param name="options">The options.</param>
    public LsrCluster(IGrainFactory grains, IOptions<LsrClusterOptions> options)
    {
        ArgumentNullException.ThrowIfNull(grains);
        ArgumentNullException.ThrowIfNull(options);
        (_grains, _options) = (grains, options.Value);
        _writePolicy = ClusterPolicy.CreateWrite(_options);
    }

    /// <summary>
    /// Adds documents, or replaces those with the same ids. When it returns, they are durable, and searches of this
    /// client find them.
    /// </summary>
    /// <param name="documents">The documents. Of several with one id, the last one counts.</param>
    /// <param name="cancellationToken">Ends the wait. What was sent may be written.</param>
    /// <exception cref="TimeoutException">
    /// The cluster did not answer in time. Some may be written; write them again.
    /// </exception>
    /// <exception cref="IOException">
    /// A silo cannot write, for example because the disk is full. Some may be written.
    /// </exception>
    public Task PutAsync(IReadOnlyCollection<ClusterDocument> documents, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        return WriteAsync(shards => BatchBuilder.Build(documents, shards), documents.Count, cancellationToken);
    }

    /// <summary>Deletes documents. Ids that the index does not have are ignored.</summary>
    /// <param name="ids">The ids of the documents.</param>
    /// <param name="cancellationToken">Ends the wait. What was sent may be written.</param>
    /// <exception cref="TimeoutException">
    /// The cluster did not answer in time. Some may be deleted; delete them again.
    /// </exception>
    /// <exception cref="IOException">
    /// A silo cannot write, for example because the disk is full. Some may be deleted.
    /// </exception>
    public Task DeleteAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        foreach (var id in ids)
        {
            DocumentLimits.CheckId(id);
        }

        return WriteAsync(shards => BatchBuilder.BuildDeletions(ids, shards), ids.Count, cancellationToken);
    }

    /// <summary>Searches all shards.</summary>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="ArgumentException">The query is not valid.</exception>
    /// <exception cref="TimeoutException">
    /// A shard did not answer before the deadline, and the query does not allow partial results. The message names it.
    /// </exception>
    /// <exception cref="InvalidDataException">An object in the store of a shard is corrupt.</exception>
    public async Task<ClusterResult> SearchAsync(ClusterQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        query.Validate();
        using var deadline = new Deadline(query.Deadline ?? _options.Deadline, cancellationToken);
        var connection = await ConnectAsync(deadline, cancellationToken).ConfigureAwait(false);
        if (query.Terms.Count == 0)
        {
            return new ClusterResult([], 0, []);
        }

        var first = Interlocked.Increment(ref _searches);
        var shardQuery = new ShardQuery
        {
            Terms = new ImpactTerms(query.Terms),
            Top = query.Top,
            Filters = [.. query.Filters],
            FieldNames = query.Fields is null ? null : [.. query.Fields],
            MinSequence = 0,
            Time = deadline.Left,
        };
        var shards = await Task.WhenAll(Enumerable.Range(0, connection.Layout.Shards)
            .Select(shard => SearchShardAsync(connection, shard, first, shardQuery, deadline))).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return Merge(query, shards);
    }

    /// <summary>Encodes a query on a silo, together with those of other callers.</summary>
    /// <param name="text">The query.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The terms for a <see cref="ClusterQuery"/>.</returns>
    /// <exception cref="InvalidOperationException">The silo has no encoder.</exception>
    public async Task<IReadOnlyList<TermImpact>> EncodeQueryAsync(
        string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        var terms = await GetEncoder().EncodeQueryAsync(text, cancellationToken)
            .ConfigureAwait(false);
        return [.. terms.Enumerate()];
    }

    /// <summary>Encodes documents on a silo.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The impacts of each text.</returns>
    /// <exception cref="InvalidOperationException">The silo has no encoder.</exception>
    public async Task<IReadOnlyList<IReadOnlyList<TermImpact>>> EncodeDocumentsAsync(
        IReadOnlyCollection<string> texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var vectors = await GetEncoder().EncodeDocumentsAsync([.. texts], cancellationToken)
            .ConfigureAwait(false);
        return [.. vectors.Select(vector => vector.Enumerate().ToArray())];
    }

    /// <summary>
    /// Creates an encoder that shares chunks of texts among all silos, for a corpus that one machine would encode too
    /// slowly.
    /// </summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="InvalidOperationException">Silos have different encoders, or none.</exception>
    /// <exception cref="TimeoutException">No silo has answered for minutes.</exception>
    public async Task<ClusterSparseEncoder> CreateEncoderAsync(CancellationToken cancellationToken = default)
    {
        var calls = new EncoderCalls(_grains, _options.AttemptTimeout);
        return new(calls, await calls.DescribeAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Returns the state of all replicas.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="TimeoutException">No silo answered.</exception>
    public async Task<IReadOnlyList<ReplicaStatus>> GetStatusAsync(CancellationToken cancellationToken = default)
    {
        using var deadline = new Deadline(_options.Deadline, cancellationToken);
        var (shards, replicas) = (await ConnectAsync(deadline, cancellationToken).ConfigureAwait(false)).Layout;
        var keys = from shard in Enumerable.Range(0, shards)
                   from replica in Enumerable.Range(0, replicas)
                   select new ReplicaKey(shard, replica);
        var states = await Task.WhenAll(keys.Select(key => GetStatusAsync(key, deadline))).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return states;
    }

    private IEncoderGrain GetEncoder() =>
        _grains.GetGrain<IEncoderGrain>(Interlocked.Increment(ref _encodings) % EncoderKeys);

    private static ClusterResult Merge(ClusterQuery query, (ShardAnswer? Answer, Exception? Failure)[] shards)
    {
        int[] missing = [.. shards.Index().Where(shard => shard.Item.Answer is null).Select(shard => shard.Index)];
        if (missing.Length > 0 && !query.AllowPartial)
        {
            var failure = shards[missing[0]].Failure;
            throw failure is ArgumentException or InvalidDataException ? failure : new TimeoutException(
                $"{missing.Length} of {shards.Length} shards did not answer before the deadline: "
                + $"{string.Join(", ", missing)}. Give the query more time, or set AllowPartial. "
                + (failure is null ? "" : $"Last error: {failure.Message}"),
                failure);
        }

        var answers = shards.Select(shard => shard.Answer).OfType<ShardAnswer>().ToList();
        return new ClusterResult(
            [.. answers.SelectMany(answer => answer.Hits).Order(HitOrder.Instance).Take(query.Top)],
            answers.Sum(answer => answer.TotalHits), missing);
    }

    private async Task<(ShardAnswer? Answer, Exception? Failure)> SearchShardAsync(
        ClusterConnection connection, int shard, uint first, ShardQuery query, Deadline deadline)
    {
        var attempts = new ReplicaAttempts(
            _grains, shard, connection.Layout.Replicas, first,
            query with { MinSequence = connection.Seen.Get(shard) }, deadline);
        try
        {
            var answer = await connection.SearchPolicy.ExecuteAsync(
                static (attempts, token) => attempts.SearchNextAsync(token), attempts, deadline.Token)
                .ConfigureAwait(false);
            connection.Seen.Add(shard, answer.Sequence);
            return (answer, null);
        }
        catch (OperationCanceledException)
        {
            return (null, attempts.LastFailure);
        }
        catch (Exception exception)
        {
            return (null, exception);
        }
    }

    private async Task WriteAsync(
        Func<int, IEnumerable<(int Shard, IReadOnlyList<ShardBatch> Batches)>> build, int count,
        CancellationToken cancellationToken)
    {
        if (count == 0)
        {
            return;
        }

        using var deadline = new Deadline(_options.WriteTimeout, cancellationToken);
        var connection = await ConnectAsync(deadline, cancellationToken).ConfigureAwait(false);
        try
        {
            await Task.WhenAll(build(connection.Layout.Shards)
                .Select(shard => WriteShardAsync(connection, shard.Shard, shard.Batches, deadline)))
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"A shard did not acknowledge a write within {_options.WriteTimeout}. Some of it may be written. "
                + "Write it again.");
        }
    }

    private async Task WriteShardAsync(
        ClusterConnection connection, int shard, IReadOnlyList<ShardBatch> batches, Deadline deadline)
    {
        var writer = _grains.GetGrain<IShardWriterGrain>(shard);
        foreach (var batch in batches)
        {
            connection.Seen.Add(shard, await _writePolicy.ExecuteAsync(
                async token => await writer.WriteAsync(batch).WaitAsync(token).ConfigureAwait(false), deadline.Token)
                .ConfigureAwait(false));
        }
    }

    private async Task<ClusterConnection> ConnectAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        if (_connection is { } connection)
        {
            return connection;
        }

        try
        {
            var layout = await _writePolicy.ExecuteAsync(
                async token => await _grains.GetGrain<IIndexGrain>(0).GetLayoutAsync().WaitAsync(token)
                    .ConfigureAwait(false),
                deadline.Token).ConfigureAwait(false);
            var created = new ClusterConnection(
                layout, new SeenBatches(layout.Shards), ClusterPolicy.CreateSearch(_options, layout.Replicas));
            return Interlocked.CompareExchange(ref _connection, created, null) ?? created;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                "No silo of the cluster answered before the deadline. Give the call more time, or start a silo.");
        }
    }

    private async Task<ReplicaStatus> GetStatusAsync(ReplicaKey key, Deadline deadline)
    {
        try
        {
            return await _grains.GetGrain<IShardReplicaGrain>(key.ToString()).GetStatusAsync()
                .WaitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            return new(key.Shard, key.Replica, Silo: null, Sequence: null, Documents: 0, SizeInBytes: 0);
        }
    }
}
