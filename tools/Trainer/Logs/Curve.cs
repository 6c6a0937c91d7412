using LuceneLsr.Training.Runs;
using MathNet.Numerics.Statistics;

namespace LuceneLsr.Tools.Trainer.Logs;

/// <summary>A figure over the steps that have a value for it.</summary>
/// <param name="Steps">The steps.</param>
/// <param name="Values">The value at each step.</param>
internal sealed record Curve(double[] Steps, double[] Values)
{
    private const int SmoothPoints = 200;
    private const double SmoothShare = 0.05; // of the run
    private const double WideRatio = 4;

    /// <summary>Creates the curve of a figure, without steps where it is not finite.</summary>
    public static Curve FromSteps(IReadOnlyList<TrainingStep> steps, string figure)
    {
        var index = steps[0].Figures.Select(each => each.Name).ToList().IndexOf(figure);
        var points = steps.Where(step => double.IsFinite(step.Figures[index].Value)).ToList();
        return new(
            [.. points.Select(step => (double)step.Step)], [.. points.Select(step => step.Figures[index].Value)]);
    }

    /// <summary>Returns whether the curves' positive values range over more than a factor of 4.</summary>
    public static bool AreWide(IEnumerable<Curve> curves)
    {
        double[] values = [.. curves.SelectMany(curve => curve.Values).Where(value => value > 0)];
        return values.Length > 0 && values.Max() > WideRatio * values.Min();
    }

    /// <summary>Returns the decimal logarithms of the positive values.</summary>
    public Curve ToLogarithms() => new(
        [.. Steps.Where((_, index) => Values[index] > 0)],
        [.. Values.Where(value => value > 0).Select(Math.Log10)]);

    /// <summary>
    /// Returns a centered moving average over a twentieth of the run, at up to 200 evenly spaced steps.
    /// </summary>
    public Curve Smooth()
    {
        var points = Math.Min(Values.Length, SmoothPoints);
        int[] centers = [.. Enumerable.Range(0, points)
            .Select(point => point == 0 ? 0 : (int)((long)point * (Values.Length - 1) / (points - 1)))];
        var radius = (int)(Values.Length * SmoothShare / 2);
        return new(
            [.. centers.Select(center => Steps[center])],
            [.. centers.Select(center =>
                Values[Math.Max(0, center - radius)..Math.Min(Values.Length, center + radius + 1)].Mean())]);
    }

    /// <summary>Returns evenly spaced points of the curve.</summary>
    /// <param name="maxPoints">The maximum number of points.</param>
    public Curve Thin(int maxPoints)
    {
        var stride = Math.Max(1, (Values.Length + maxPoints - 1) / maxPoints);
        return new(
            [.. Steps.Where((_, index) => index % stride == 0)],
            [.. Values.Where((_, index) => index % stride == 0)]);
    }
}
