using LuceneLsr.Training.Runs;

namespace LuceneLsr.Training.Tests.Support;

/// <summary>Reads figures of a step.</summary>
internal static class TrainingSteps
{
    public static double Figure(this TrainingStep step, string name) =>
        Assert.Single(step.Figures, figure => figure.Name == name).Value;

    /// <summary>Gets the figures that depend only on the seed: all but times and speeds.</summary>
    public static IEnumerable<(string Name, double Value)> GetReproducibleFigures(this TrainingStep step) =>
        step.Figures.Where(figure => !figure.Name.Contains("second", StringComparison.Ordinal));
}
