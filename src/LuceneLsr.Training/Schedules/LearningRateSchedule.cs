namespace LuceneLsr.Training.Schedules;

/// <summary>Linear warm-up, then linear decay to zero.</summary>
/// <param name="Steps">Steps of the run.</param>
/// <param name="WarmupSteps">Steps of the warm-up.</param>
public sealed record LearningRateSchedule(int Steps, int WarmupSteps)
{
    /// <summary>The factor on the peak rate at a step, counted from 0.</summary>
    public double Factor(int step) => step < WarmupSteps
        ? (step + 1.0) / WarmupSteps
        : (Steps - step) / (double)(Steps - WarmupSteps);
}
