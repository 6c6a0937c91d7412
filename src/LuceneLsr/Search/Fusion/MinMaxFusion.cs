namespace LuceneLsr.Search.Fusion;

/// <summary>Scales scores to 0..1, see <see cref="FusionMethod.MinMax"/>.</summary>
internal sealed class MinMaxFusion : FusionMethod
{
    public override NormalizedScores Normalize(IReadOnlyList<double> scores)
    {
        var (min, max) = (scores.DefaultIfEmpty().Min(), scores.DefaultIfEmpty().Max());
        return new([.. scores.Select(score => max > min ? (score - min) / (max - min) : 1)], Missing: 0);
    }
}
