using LuceneLsr.Training.Schedules;

namespace LuceneLsr.Training.Tests.Schedules;

public class SchedulesTests
{
    [Fact]
    public void The_rate_rises_to_its_peak_and_falls_towards_zero() => Assert.Equal(
        [0.25, 0.5, 0.75, 1, 1, 0.75, 0.5, 0.25], // four steps of warm-up, four of decay
        Enumerable.Range(0, 8).Select(new LearningRateSchedule(Steps: 8, WarmupSteps: 4).Factor));

    [Fact]
    public void Without_warm_up_the_rate_falls_from_the_start() => Assert.Equal(
        [1, 0.75, 0.5, 0.25], Enumerable.Range(0, 4).Select(new LearningRateSchedule(Steps: 4, WarmupSteps: 0).Factor));

    [Fact]
    public void The_weight_rises_quadratically_and_stays()
    {
        var ramp = new QuadraticRamp(Weight: 16, RampSteps: 4);
        Assert.Equal(
            [1, 4, 9, 16, 16, 16], Enumerable.Range(0, 6).Select(ramp.At)); // (1/4)^2, (2/4)^2, (3/4)^2, then 1
    }

    [Fact]
    public void Without_a_ramp_the_weight_is_there_at_once() =>
        Assert.Equal(16, new QuadraticRamp(16, RampSteps: 0).At(0));
}
