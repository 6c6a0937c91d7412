namespace LuceneLsr.Evaluation.Sweeps;

/// <summary>The figures of a point.</summary>
/// <param name="Point">The point.</param>
/// <param name="Effect">Its effectiveness and the size of its index.</param>
/// <param name="Cost">The cost of its queries.</param>
public sealed record SweepResult(SweepPoint Point, PointEffect Effect, PointCost Cost);
