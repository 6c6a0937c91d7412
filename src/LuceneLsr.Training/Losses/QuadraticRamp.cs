namespace LuceneLsr.Training.Losses;

/// <summary>A regularizer weight that rises quadratically from 0 and then stays constant, as in SPLADE.</summary>
/// <param name="Weight">The final weight.</param>
/// <param name="RampSteps">The number of steps until the weight is final.</param>
internal sealed record QuadraticRamp(double Weight, int RampSteps)
{
    /// <summary>Computes the weight at a step.</summary>
    /// <param name="step">The step, counted from 0.</param>
    public double GetWeight(int step)
    {
        var progress = Math.Min(1, (step + 1.0) / Math.Max(1, RampSteps));
        return Weight * progress * progress;
    }
}
