using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;

namespace LuceneLsr.Training.Tests.Runs;

public class LearningRateScheduleTests
{
    [Fact]
    public void The_rate_rises_to_its_peak_and_falls_towards_zero() => Assert.Equal(
        [0.25, 0.5, 0.75, 1, 1, 0.75, 0.5, 0.25], // four steps of warm-up, four of decay
        Factors(steps: 8, warmupSteps: 4, LearningRateDecay.Linear));

    [Fact]
    public void Without_warm_up_the_rate_falls_from_the_start() =>
        Assert.Equal([1, 0.75, 0.5, 0.25], Factors(steps: 4, warmupSteps: 0, LearningRateDecay.Linear));

    /// <summary>(1 + cos(pi t)) / 2 at t of 0, 1/4, 1/2 and 3/4.</summary>
    [Fact]
    public void A_cosine_starts_and_ends_slowly()
    {
        double[] expected = [0.5, 1, 1, (2 + Math.Sqrt(2)) / 4, 0.5, (2 - Math.Sqrt(2)) / 4];
        Assert.All(
            expected.Zip(Factors(steps: 6, warmupSteps: 2, LearningRateDecay.Cosine)),
            pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    private static double[] Factors(int steps, int warmupSteps, LearningRateDecay decay) =>
        [.. Enumerable.Range(0, steps).Select(new LearningRateSchedule(steps, warmupSteps, decay).Factor)];
}
