using Orleans.Placement;

namespace LuceneLsr.Orleans.Placement;

/// <summary>Marks a grain class whose activations are replicas.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ShardPlacementAttribute() : PlacementAttribute(ShardPlacement.Instance);
