using System.Globalization;

namespace LuceneLsr.Orleans.Placement;

/// <summary>The key of a replica's grain, such as "3/1".</summary>
/// <param name="Shard">The shard, counted from 0.</param>
/// <param name="Replica">The replica, counted from 0.</param>
internal readonly record struct ReplicaKey(int Shard, int Replica)
{
    /// <summary>Parses the key of a grain.</summary>
    public static ReplicaKey Parse(string key) => key.Split('/') is [var shard, var replica]
        ? new(int.Parse(shard, CultureInfo.InvariantCulture), int.Parse(replica, CultureInfo.InvariantCulture))
        : throw new FormatException($"'{key}' is not the key of a replica.");

    /// <summary>Returns the key.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Shard}/{Replica}");
}
