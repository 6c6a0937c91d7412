using LuceneLsr.Training.Runs;

namespace LuceneLsr.Training.Tests.Support;

/// <summary>Reads what a step came to.</summary>
internal static class TrainingSteps
{
    public static double Figure(this TrainingStep step, string name) =>
        Assert.Single(step.Figures, figure => figure.Name == name).Value;

    /// <summary>All figures that a seed fixes: all but times.</summary>
    public static IEnumerable<(string Name, double Value)> Fixed(this TrainingStep step) =>
        step.Figures.Where(figure => !figure.Name.Contains("second", StringComparison.Ordinal));
}
