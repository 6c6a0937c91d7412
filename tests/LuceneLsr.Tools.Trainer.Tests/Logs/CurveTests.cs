using LuceneLsr.Tools.Trainer.Logs;
using LuceneLsr.Training.Runs;

namespace LuceneLsr.Tools.Trainer.Tests.Logs;

public sealed class CurveTests
{
    [Fact]
    public void Curve_omits_steps_where_figure_is_not_finite()
    {
        var curve = Curve.FromSteps(
            [Step(1, 3), Step(2, double.NaN), Step(3, double.PositiveInfinity), Step(4, -1)], "kl");
        Assert.Equal([1, 4], curve.Steps);
        Assert.Equal([3, -1], curve.Values);
    }

    /// <summary>A twentieth of 40 steps is one step to either side.</summary>
    [Fact]
    public void Smooth_averages_over_a_twentieth_of_the_run()
    {
        var curve = Squares(40);
        var smooth = curve.Smooth();
        Assert.Equal(curve.Steps, smooth.Steps);
        Assert.Equal((0 + 1) / 2.0, smooth.Values[0], 1e-9);
        Assert.Equal((16 + 25 + 36) / 3.0, smooth.Values[5], 1e-9);
        Assert.Equal(((38 * 38) + (39 * 39)) / 2.0, smooth.Values[39], 1e-9);
    }

    [Fact]
    public void Smooth_of_short_run_changes_nothing() => Assert.Equal(Squares(20).Values, Squares(20).Smooth().Values);

    [Fact]
    public void Smooth_of_long_run_has_evenly_spaced_points_from_first_to_last_step()
    {
        var smooth = Squares(10_001).Smooth();
        Assert.Equal(200, smooth.Steps.Length);
        Assert.Equal([0, 50, 100], smooth.Steps[..3]);
        Assert.Equal(10_000, smooth.Steps[^1]);
    }

    [Fact]
    public void Smooth_of_single_step_changes_nothing() => Assert.Equal([0], Squares(1).Smooth().Values);

    [Fact]
    public void Thin_keeps_evenly_spaced_steps()
    {
        Assert.Equal([0, 3, 6, 9], Squares(10).Thin(4).Steps);
        Assert.Equal([0, 9, 36, 81], Squares(10).Thin(4).Values);
        Assert.Equal(Squares(10).Steps, Squares(10).Thin(10).Steps);
    }

    [Fact]
    public void Logarithms_omit_values_that_are_not_positive()
    {
        var logarithms = new Curve([1, 2, 3, 4], [100, 0, -1, 0.1]).ToLogarithms();
        Assert.Equal([1, 4], logarithms.Steps);
        Assert.Equal([2, -1], logarithms.Values);
    }

    [Theory]
    [InlineData(false, 0.0, 0.0)]
    [InlineData(false, 1.0, 4.0)]
    [InlineData(false, 0.0, 4.0)]
    [InlineData(true, 1.0, 4.1)]
    public void Curves_are_wide_if_positive_values_range_over_more_than_factor_four(
        bool isWide, double min, double max) => Assert.Equal(isWide, Curve.AreWide([new([1], [min]), new([1], [max])]));

    private static TrainingStep Step(int step, double kl) => new(step, "pairs", [("loss", 0), ("kl", kl)]);

    private static Curve Squares(int count) => new(
        [.. Enumerable.Range(0, count).Select(step => (double)step)],
        [.. Enumerable.Range(0, count).Select(step => (double)step * step)]);
}
