using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;

namespace LuceneLsr.Training.Tests.Runs;

public class LearningRateScheduleTests
{
    [Fact]
    public void Rate_rises_linearly_to_peak_and_falls_linearly_towards_zero() => Assert.Equal(
        [0.25, 0.5, 0.75, 1, 1, 0.75, 0.5, 0.25], // four warm-up steps, four decay steps
        Factors(steps: 8, warmupSteps: 4, LearningRateDecay.Linear));

    [Fact]
    public void Rate_without_warm_up_falls_from_first_step() =>
        Assert.Equal([1, 0.75, 0.5, 0.25], Factors(steps: 4, warmupSteps: 0, LearningRateDecay.Linear));

    /// <summary>(1 + cos(pi t)) / 2 at t of 0, 1/4, 1/2 and 3/4.</summary>
    [Fact]
    public void Rate_with_cosine_decay_follows_half_a_cosine()
    {
        double[] expected = [0.5, 1, 1, (2 + Math.Sqrt(2)) / 4, 0.5, (2 - Math.Sqrt(2)) / 4];
        Assert.All(
            expected.Zip(Factors(steps: 6, warmupSteps: 2, LearningRateDecay.Cosine)),
            pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    private static double[] Factors(int steps, int warmupSteps, LearningRateDecay decay) =>
        [.. Enumerable.Range(0, steps).Select(new LearningRateSchedule(steps, warmupSteps, decay).GetFactor)];
}
