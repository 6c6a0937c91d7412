using System.Diagnostics;
using System.Globalization;
using LuceneLsr.Tokenization.Settings;
using MathNet.Numerics.Statistics;

namespace LuceneLsr.Tools.Claims.Runs;

/// <summary>The runs of a variant and a base over all seeds.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Base">The name of the base.</param>
/// <param name="Runs">The runs.</param>
internal sealed record VariantSummary(AttentionVariant Variant, string Base, IReadOnlyList<VariantRun> Runs)
{
    /// <summary>Gets the variant's name in CSPLADE.</summary>
    public string Name => Variant switch
    {
        AttentionVariant.Causal => "causal",
        AttentionVariant.Bidirectional => "bi",
        AttentionVariant.Echo => "echo",
        _ => throw new UnreachableException(),
    };

    /// <summary>Gets the number of runs that collapsed.</summary>
    public int Collapsed => Runs.Count(run => run.IsCollapsed);

    /// <summary>Groups runs by variant and base, in their order.</summary>
    public static IReadOnlyList<VariantSummary> Summarize(IEnumerable<VariantRun> runs) =>
    [
        .. runs.GroupBy(run => (run.Variant, run.IsAdapted))
            .Select(group => new VariantSummary(
                group.Key.Variant, RunCurve.GetBaseName(group.Key.IsAdapted), [.. group])),
    ];

    /// <summary>Returns the mean of a figure over the runs that did not collapse, or NaN if all did.</summary>
    public double GetMean(Func<VariantRun, double> getValue) => GetValues(getValue).Mean();

    /// <summary>
    /// Formats the mean of a figure and its sample standard deviation, where there are several runs. Runs that collapsed
    /// do not count.
    /// </summary>
    public string Format(Func<VariantRun, double> getValue, string format) => GetValues(getValue) switch
    {
        [] => "",
        [var single] => Format(single, format),
        var values => $"{Format(values.Mean(), format)} ± {Format(values.StandardDeviation(), format)}",
    };

    private static string Format(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private double[] GetValues(Func<VariantRun, double> getValue) =>
        [.. Runs.Where(run => !run.IsCollapsed).Select(getValue)];
}
