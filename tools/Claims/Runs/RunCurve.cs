using LuceneLsr.Training.Runs;
using MathNet.Numerics.Statistics;

namespace LuceneLsr.Tools.Claims.Runs;

/// <summary>The logged figures of a contrastive run.</summary>
/// <param name="IsAdapted">Whether the base was adapted first.</param>
/// <param name="Seed">The seed.</param>
/// <param name="VocabularySize">The number of terms in the vocabulary.</param>
/// <param name="Steps">The steps; empty if the run collapsed at the first one.</param>
internal sealed record RunCurve(
    bool IsAdapted, int Seed, int VocabularySize, List<TrainingStep> Steps)
{
    /// <summary>Gets the name of the base.</summary>
    public string Base => GetBaseName(IsAdapted);

    /// <summary>Returns the name of a base.</summary>
    public static string GetBaseName(bool isAdapted) => isAdapted ? "adapted" : "as given";

    /// <summary>Returns a figure at each step.</summary>
    public double[] GetValues(string figure) =>
        [.. Steps.Select(step => step.Figures.First(pair => pair.Name == figure).Value)];

    /// <summary>Returns a figure at the first step, or NaN if there is none.</summary>
    public double GetFirst(string figure) => GetValues(figure).FirstOrDefault(double.NaN);

    /// <summary>Returns the largest value of a figure, or NaN if there is none.</summary>
    public double GetMax(string figure) => GetValues(figure).DefaultIfEmpty(double.NaN).Max();

    /// <summary>Returns the mean of a figure over the last tenth of the steps, or NaN if there are none.</summary>
    public double GetFinalMean(string figure) => GetValues(figure).TakeLast(Math.Max(1, Steps.Count / 10)).Mean();
}
