using LuceneLsr.Training.Losses;

namespace LuceneLsr.Training.Tests.Losses;

public class QuadraticRampTests
{
    [Fact]
    public void The_weight_rises_quadratically_and_stays() => Assert.Equal(
        [1, 4, 9, 16, 16, 16], // (1/4)^2, (2/4)^2, (3/4)^2, then 1
        Enumerable.Range(0, 6).Select(new QuadraticRamp(Weight: 16, RampSteps: 4).At));

    [Fact]
    public void Without_a_ramp_the_weight_is_there_at_once() =>
        Assert.Equal(16, new QuadraticRamp(16, RampSteps: 0).At(0));
}
