namespace LuceneLsr.Tools.Cluster.Simulations;

/// <summary>A point of a study.</summary>
/// <param name="Study">The study.</param>
/// <param name="Series">The curve that it belongs to.</param>
/// <param name="X">The position on the horizontal axis.</param>
/// <param name="Cluster">The cluster.</param>
/// <param name="Result">The figures.</param>
internal sealed record SimulatedPoint(
    Study Study, string Series, double X, SimulatedCluster Cluster, SimulationResult Result);
