using LuceneLsr.Training.Runs;
using MathNet.Numerics.Statistics;

namespace LuceneLsr.Tools.Trainer.Logs;

/// <summary>A figure over the steps that have it.</summary>
internal sealed record Curve(double[] Steps, double[] Values)
{
    private const int SmoothPoints = 200;
    private const double WindowShare = 0.05; // of the run
    private const double WideRatio = 4;

    /// <summary>The curve of a figure, without the steps at which it is no finite number.</summary>
    public static Curve Of(IReadOnlyList<TrainingStep> steps, string figure)
    {
        var index = steps[0].Figures.Select(each => each.Name).ToList().IndexOf(figure);
        var points = steps.Where(step => double.IsFinite(step.Figures[index].Value)).ToList();
        return new(
            [.. points.Select(step => (double)step.Step)], [.. points.Select(step => step.Figures[index].Value)]);
    }

    /// <summary>Whether the largest of the curves' positive values is many times the smallest.</summary>
    public static bool AreWide(IEnumerable<Curve> curves)
    {
        double[] values = [.. curves.SelectMany(curve => curve.Values).Where(value => value > 0)];
        return values.Length > 0 && values.Max() > WideRatio * values.Min();
    }

    /// <summary>Decimal logarithms in place of the values; those that have none are left out.</summary>
    public Curve Logarithms() => new(
        [.. Steps.Where((_, at) => Values[at] > 0)],
        [.. Values.Where(value => value > 0).Select(Math.Log10)]);

    /// <summary>The moving average, over a twentieth of the run around each step, at evenly spaced steps.</summary>
    public Curve Smooth()
    {
        var points = Math.Min(Values.Length, SmoothPoints);
        int[] centres = [.. Enumerable.Range(0, points)
            .Select(point => point == 0 ? 0 : (int)((long)point * (Values.Length - 1) / (points - 1)))];
        var reach = (int)(Values.Length * WindowShare / 2);
        return new(
            [.. centres.Select(at => Steps[at])],
            [.. centres.Select(at =>
                Values[Math.Max(0, at - reach)..Math.Min(Values.Length, at + reach + 1)]
                    .Mean())]);
    }

    /// <summary>At most so many of the points, evenly spaced.</summary>
    public Curve Thin(int most)
    {
        var stride = Math.Max(1, (Values.Length + most - 1) / most);
        return new(
            [.. Steps.Where((_, at) => at % stride == 0)], [.. Values.Where((_, at) => at % stride == 0)]);
    }
}
