namespace LuceneLsr.Search.Fusion;

/// <summary>Scales scores to mean 0 and standard deviation 1, see <see cref="FusionMethod.ZScore"/>.</summary>
internal sealed class ZScoreFusion : FusionMethod
{
    public override NormalizedScores Normalize(IReadOnlyList<double> scores)
    {
        // Relative to the first score, equal scores have deviation 0 exactly, without rounding errors of the mean.
        double[] offsets = [.. scores.Select(score => score - scores[0])];
        var mean = offsets.DefaultIfEmpty().Average();
        var deviation = Math.Sqrt(offsets.Select(offset => Math.Pow(offset - mean, 2)).DefaultIfEmpty().Average());
        double[] standard = [.. offsets.Select(offset => deviation == 0 ? 0 : (offset - mean) / deviation)];
        return new(standard, Missing: standard.DefaultIfEmpty().Min());
    }
}
