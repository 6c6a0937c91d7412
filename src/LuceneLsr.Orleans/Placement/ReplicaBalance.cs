namespace LuceneLsr.Orleans.Placement;

/// <summary>Finds replicas that should be on another silo, because silos have joined or left.</summary>
/// <param name="director">Chooses silos.</param>
/// <param name="silos">Knows which silos are active.</param>
/// <param name="manifests">Knows which silos have shards.</param>
internal sealed class ReplicaBalance(
    ShardPlacementDirector director, ISiloStatusOracle silos, IClusterManifestProvider manifests)
{
    /// <summary>Gets this silo.</summary>
    public SiloAddress LocalSilo => silos.SiloAddress;

    /// <summary>Returns whether a replica on this silo should be on another one.</summary>
    public bool IsMisplaced(GrainId replica)
    {
        var known = manifests.Current.Silos;
        SiloAddress[] candidates = [.. silos.GetActiveSilos()
            .Where(silo => known.TryGetValue(silo, out var manifest) && manifest.Grains.ContainsKey(replica.Type))];
        return candidates.Contains(LocalSilo)
            && director.Choose(ReplicaKey.Parse(replica.Key.ToString()!), candidates) != LocalSilo;
    }
}
