namespace LuceneLsr.Search.Fusion;

/// <summary>Uses ranks instead of scores, see <see cref="FusionMethod.ReciprocalRank"/>.</summary>
internal sealed class ReciprocalRankFusion(int constant) : FusionMethod
{
    public override NormalizedScores Normalize(IReadOnlyList<double> scores) =>
        new([.. scores.Select((_, index) => 1 / (1.0 + constant + index))], Missing: 0);
}
