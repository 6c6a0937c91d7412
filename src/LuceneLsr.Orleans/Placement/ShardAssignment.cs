using System.IO.Hashing;
using System.Text;

namespace LuceneLsr.Orleans.Placement;

/// <summary>Assigns replicas of shards to silos: rendezvous hashing with bounded loads.</summary>
/// <remarks>
/// Each silo gets at most its equal share, replicas of one shard get different silos while there are enough, and few
/// replicas move when a silo joins or leaves. All silos compute the same assignment from the same list of silos.
/// Thaler and Ravishankar, "Using Name-Based Mappings to Increase Hit Rates", IEEE/ACM Transactions on Networking 1998;
/// Mirrokni et al., "Consistent Hashing with Bounded Loads", SODA 2018.
/// </remarks>
internal static class ShardAssignment
{
    /// <summary>Returns the silo of each replica.</summary>
    /// <param name="shards">The number of shards.</param>
    /// <param name="replicas">The number of replicas of each shard.</param>
    /// <param name="silos">The names of the silos; not empty.</param>
    public static IReadOnlyDictionary<ReplicaKey, string> Assign(
        int shards, int replicas, IReadOnlyCollection<string> silos)
    {
        var assignment = new Dictionary<ReplicaKey, string>();
        var capacity = ((shards * replicas) + silos.Count - 1) / silos.Count;
        var loads = silos.ToDictionary(silo => silo, _ => 0, StringComparer.Ordinal);
        for (var shard = 0; shard < shards; shard++)
        {
            var used = new HashSet<string>(StringComparer.Ordinal);
            for (var replica = 0; replica < replicas; replica++)
            {
                // Silos with room for a replica of each remaining shard come first. Otherwise the last shards would
                // find room on too few silos.
                var chosen = silos
                    .OrderBy(used.Contains)
                    .ThenBy(silo => loads[silo] >= capacity)
                    .ThenBy(silo => capacity - loads[silo] < shards - shard)
                    .ThenByDescending(silo => Hash(shard, silo))
                    .ThenBy(silo => silo, StringComparer.Ordinal)
                    .First();
                assignment.Add(new ReplicaKey(shard, replica), chosen);
                loads[chosen]++;
                used.Add(chosen);
            }
        }

        return assignment;
    }

    private static ulong Hash(int shard, string silo) =>
        XxHash64.HashToUInt64(Encoding.UTF8.GetBytes($"{shard} {silo}"));
}
