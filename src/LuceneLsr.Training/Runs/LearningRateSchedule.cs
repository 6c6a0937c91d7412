using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Training.Runs;

/// <summary>Linear warm-up, then decay to zero.</summary>
/// <param name="Steps">Steps of the run.</param>
/// <param name="WarmupSteps">Steps of the warm-up.</param>
/// <param name="Decay">The shape of the decay.</param>
public sealed record LearningRateSchedule(int Steps, int WarmupSteps, LearningRateDecay Decay)
{
    /// <summary>The factor on the peak rate at a step, counted from 0.</summary>
    public double Factor(int step)
    {
        if (step < WarmupSteps)
        {
            return (step + 1.0) / WarmupSteps;
        }

        var left = (Steps - step) / (double)(Steps - WarmupSteps); // from 1 down
        return Decay == LearningRateDecay.Linear ? left : (1 - Math.Cos(Math.PI * left)) / 2;
    }
}
