using LuceneLsr.Orleans.Configuration;
using LuceneLsr.Orleans.Messages;
using LuceneLsr.Orleans.Placement;
using LuceneLsr.Orleans.Replicas;
using LuceneLsr.Search;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace LuceneLsr.Orleans.Grains;

/// <inheritdoc cref="IShardReplicaGrain"/>
[Reentrant]
[ShardPlacement]
[KeepAlive]
internal sealed partial class ShardReplicaGrain : Grain, IShardReplicaGrain
{
    private readonly ReplicaKey _key;
    private readonly ShardReplica _replica;
    private readonly LsrShardOptions _options;
    private readonly ReplicaBalance _balance;
    private readonly ILogger<ShardReplicaGrain> _logger;
    private Task _snapshot = Task.CompletedTask;
    private long? _misplaced; // since this timestamp

    public ShardReplicaGrain(
        IGrainContext context, ShardReplicas replicas, IOptions<LsrShardOptions> options, ReplicaBalance balance,
        ILogger<ShardReplicaGrain> logger)
    {
        _key = ReplicaKey.Parse(context.GrainId.Key.ToString()!);
        _replica = replicas.Create(_key.Shard);
        _options = options.Value;
        _balance = balance;
        _logger = logger;
    }

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(
            FollowAsync,
            new GrainTimerCreationOptions(TimeSpan.Zero, _options.RefreshInterval) { Interleave = true });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _replica.DisposeAsync();
    }

    /// <inheritdoc/>
    public async Task<ShardAnswer?> SearchAsync(ShardQuery query, CancellationToken cancellationToken)
    {
        var budget = new SearchBudget(query.Time, cancellationToken: cancellationToken);
        return await _replica.SearchAsync(query, budget, cancellationToken);
    }

    /// <inheritdoc/>
    public Task AdvanceAsync(long sequence, CancellationToken cancellationToken) =>
        _replica.CatchUpAsync(sequence, cancellationToken);

    /// <inheritdoc/>
    public async Task<ReplicaStatus> GetStatusAsync()
    {
        var (documents, size) = await Task.Run(_replica.Measure);
        return new(
            _key.Shard, _key.Replica, _balance.LocalSilo.ToString(),
            _replica.Sequence is >= 0 and var sequence ? sequence : null, documents, size);
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _replica.CatchUpAsync(0, cancellationToken);
            if (_key.Replica == 0 && _replica.NeedsSnapshot && _snapshot.IsCompleted)
            {
                _snapshot = StoreSnapshotAsync();
            }

            await MoveIfMisplacedAsync();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFollowFailure(exception, _key);
        }
    }

    private async Task MoveIfMisplacedAsync()
    {
        _misplaced = _balance.IsMisplaced(GrainContext.GrainId)
            ? _misplaced ?? TimeProvider.System.GetTimestamp()
            : null;
        if (_misplaced is { } since
            && TimeProvider.System.GetElapsedTime(since) >= _options.RebalanceDelay * (_key.Replica + 1)
            && await CanOthersAnswerAsync())
        {
            MigrateOnIdle();
        }
    }

    // While a replica moves, nobody else may have to wait for it.
    private async Task<bool> CanOthersAnswerAsync()
    {
        var sequence = _replica.Sequence;
        int[] others = [.. Enumerable.Range(0, _options.Replicas).Where(replica => replica != _key.Replica)];
        var answers = await Task.WhenAll(others.Select(replica => CanAnswerAsync(replica, sequence)));
        return others.Length == 0 || answers.Contains(true);
    }

    private async Task<bool> CanAnswerAsync(int replica, long sequence)
    {
        try
        {
            var status = await GrainFactory
                .GetGrain<IShardReplicaGrain>(new ReplicaKey(_key.Shard, replica).ToString()).GetStatusAsync()
                .WaitAsync(_options.ReplicationTimeout);
            return status.Sequence >= sequence;
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            return false;
        }
    }

    private async Task StoreSnapshotAsync()
    {
        try
        {
            await _replica.StoreSnapshotAsync();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogSnapshotFailure(exception, _key);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Replica {Key} cannot follow its log. It tries again.")]
    private partial void LogFollowFailure(Exception exception, ReplicaKey key);

    [LoggerMessage(2, LogLevel.Error, "Replica {Key} cannot store a snapshot. It tries again.")]
    private partial void LogSnapshotFailure(Exception exception, ReplicaKey key);
}
