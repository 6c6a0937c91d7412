using LuceneLsr.Orleans.Configuration;
using Microsoft.Extensions.Options;
using Orleans.Runtime.Placement;

namespace LuceneLsr.Orleans.Placement;

/// <summary>Chooses the silo of a replica when it is activated.</summary>
/// <param name="options">The numbers of shards and replicas.</param>
internal sealed class ShardPlacementDirector(IOptions<LsrShardOptions> options) : IPlacementDirector
{
    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) => Task.FromResult(
        Choose(ReplicaKey.Parse(target.GrainIdentity.Key.ToString()!), context.GetCompatibleSilos(target)));

    /// <summary>Returns the silo of a replica.</summary>
    public SiloAddress Choose(ReplicaKey key, IReadOnlyCollection<SiloAddress> silos)
    {
        // Without the generation, so that a restarted silo gets the same replicas.
        var names = silos.GroupBy(silo => silo.Endpoint.ToString(), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.MaxBy(silo => silo.Generation)!, StringComparer.Ordinal);
        return names[ShardAssignment.Choose(key, options.Value.Shards, options.Value.Replicas, names.Keys)];
    }
}
