namespace LuceneLsr.Orleans.Placement;

/// <summary>Finds replicas that should be on another silo, because silos have joined or left.</summary>
/// <param name="director">Chooses silos.</param>
/// <param name="silos">Finds the silos that have shards.</param>
internal sealed class ReplicaBalance(ShardPlacementDirector director, CapableSilos silos)
{
    /// <summary>Gets this silo.</summary>
    public SiloAddress LocalSilo => silos.Local;

    /// <summary>Returns whether a replica on this silo should be on another one.</summary>
    public bool IsMisplaced(GrainId replica)
    {
        var candidates = silos.Find(replica.Type);
        return candidates.Contains(LocalSilo)
            && director.Choose(ReplicaKey.Parse(replica.Key.ToString()!), candidates) != LocalSilo;
    }
}
