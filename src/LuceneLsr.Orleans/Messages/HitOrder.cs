namespace LuceneLsr.Orleans.Messages;

/// <summary>
/// The order of hits: by descending score, ties by the ordinal order of ids. It does not depend on the number of
/// shards.
/// </summary>
public sealed class HitOrder : IComparer<ClusterHit>
{
    private HitOrder()
    {
    }

    /// <summary>Gets the order.</summary>
    public static HitOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(ClusterHit? x, ClusterHit? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return Compare(x.Score, x.Id, y.Score, y.Id);
    }

    internal static int Compare(float score, string id, float otherScore, string otherId)
    {
        var byScore = otherScore.CompareTo(score);
        return byScore != 0 ? byScore : string.CompareOrdinal(id, otherId);
    }
}
