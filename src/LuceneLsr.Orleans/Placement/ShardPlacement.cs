namespace LuceneLsr.Orleans.Placement;

/// <summary>Places replicas by <see cref="ShardAssignment"/>.</summary>
[Serializable]
internal sealed class ShardPlacement : PlacementStrategy
{
    /// <summary>Gets the strategy.</summary>
    public static ShardPlacement Instance { get; } = new();
}
