using LuceneLsr.Orleans.Configuration;
using Microsoft.Extensions.Options;
using Orleans.Runtime.Placement;

namespace LuceneLsr.Orleans.Placement;

/// <summary>Chooses the silo of a replica when it is activated.</summary>
/// <remarks>
/// Each replica asks again and again whether it should move, so the last assignment is kept until the silos change.
/// </remarks>
/// <param name="options">The numbers of shards and replicas.</param>
internal sealed class ShardPlacementDirector(IOptions<LsrShardOptions> options) : IPlacementDirector
{
    private volatile Assignment? _last;

    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) => Task.FromResult(
        Choose(ReplicaKey.Parse(target.GrainIdentity.Key.ToString()!), context.GetCompatibleSilos(target)));

    /// <summary>Returns the silo of a replica.</summary>
    public SiloAddress Choose(ReplicaKey key, IReadOnlyCollection<SiloAddress> silos)
    {
        var last = _last;
        if (last is null || !last.Silos.SetEquals(silos))
        {
            _last = last = new([.. silos], Assign(silos));
        }

        return last.Replicas.TryGetValue(key, out var silo)
            ? silo
            : throw new ArgumentException($"The index has no replica {key}.", nameof(key));
    }

    private Dictionary<ReplicaKey, SiloAddress> Assign(IReadOnlyCollection<SiloAddress> silos)
    {
        // Without the generation, so that a restarted silo gets the same replicas.
        var names = silos.GroupBy(silo => silo.Endpoint.ToString(), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.MaxBy(silo => silo.Generation)!, StringComparer.Ordinal);
        return ShardAssignment.Assign(options.Value.Shards, options.Value.Replicas, names.Keys)
            .ToDictionary(replica => replica.Key, replica => names[replica.Value]);
    }

    private sealed record Assignment(HashSet<SiloAddress> Silos, Dictionary<ReplicaKey, SiloAddress> Replicas);
}
