using System.Diagnostics;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Training.Runs;

/// <summary>Linear warm-up, then decay to zero.</summary>
/// <param name="Steps">The number of steps in the run.</param>
/// <param name="WarmupSteps">The number of warm-up steps.</param>
/// <param name="Decay">The shape of the decay.</param>
internal sealed record LearningRateSchedule(int Steps, int WarmupSteps, LearningRateDecay Decay)
{
    /// <summary>Computes the factor on the peak rate.</summary>
    /// <param name="step">The step, counted from 0.</param>
    public double GetFactor(int step)
    {
        if (step < WarmupSteps)
        {
            return (step + 1.0) / WarmupSteps;
        }

        var remaining = (Steps - step) / (double)(Steps - WarmupSteps); // falls from 1 towards 0
        return Decay switch
        {
            LearningRateDecay.Linear => remaining,
            LearningRateDecay.Cosine => (1 - Math.Cos(Math.PI * remaining)) / 2,
            _ => throw new UnreachableException($"Unknown decay: {Decay}."),
        };
    }
}
