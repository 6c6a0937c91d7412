using LuceneLsr.Training.Losses;

namespace LuceneLsr.Training.Tests.Losses;

public class QuadraticRampTests
{
    [Fact]
    public void Weight_rises_quadratically_and_then_stays_constant() => Assert.Equal(
        [1, 4, 9, 16, 16, 16], // (1/4)^2, (2/4)^2, (3/4)^2, then 1
        Enumerable.Range(0, 6).Select(new QuadraticRamp(Weight: 16, RampSteps: 4).GetWeight));

    [Fact]
    public void Weight_without_ramp_is_final_at_first_step() =>
        Assert.Equal(16, new QuadraticRamp(16, RampSteps: 0).GetWeight(0));
}
