namespace LuceneLsr.Training.Losses;

/// <summary>A regularizer's weight that rises quadratically from 0 and then stays (SPLADE's schedule).</summary>
/// <param name="Weight">The final weight.</param>
/// <param name="RampSteps">Steps of the rise.</param>
public sealed record QuadraticRamp(double Weight, int RampSteps)
{
    /// <summary>The weight at a step, counted from 0.</summary>
    public double At(int step)
    {
        var progress = Math.Min(1, (step + 1.0) / Math.Max(1, RampSteps));
        return Weight * progress * progress;
    }
}
