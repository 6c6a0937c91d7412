namespace LuceneLsr.Orleans.Placement;

/// <summary>Finds the active silos that can hold a grain.</summary>
/// <param name="silos">Knows which silos are active.</param>
/// <param name="manifests">Knows which grains a silo can hold.</param>
internal sealed class CapableSilos(ISiloStatusOracle silos, IClusterManifestProvider manifests)
{
    /// <summary>Gets this silo.</summary>
    public SiloAddress Local => silos.SiloAddress;

    /// <summary>Returns the silos that can hold a grain.</summary>
    public SiloAddress[] Find(GrainType grain)
    {
        var known = manifests.Current.Silos;
        return [.. silos.GetActiveSilos()
            .Where(silo => known.TryGetValue(silo, out var manifest) && manifest.Grains.ContainsKey(grain))];
    }
}
