using CsCheck;
using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Evaluation.Tests.Support;

namespace LuceneLsr.Evaluation.Tests.Metrics;

/// <summary>Properties of every metric on any ranking.</summary>
public sealed class MetricPropertyTests
{
    private static readonly string[] Documents = [.. Enumerable.Range(0, 12).Select(number => $"d{number}")];

    private static readonly Gen<RankingMetric> Metric = Gen.Int[1, 14].SelectMany(
        cutoff => Gen.OneOf<RankingMetric>(
            new Ndcg(cutoff), new ReciprocalRank(cutoff), new Recall(cutoff), new AveragePrecision(cutoff),
            new Precision(cutoff)));

    private static readonly Gen<Dictionary<string, int>> Grades =
        Gen.Dictionary(Gen.OneOf(Documents), Gen.Int[-1, 4])[0, Documents.Length];

    private static readonly Gen<string[]> Ranking = Gen.Shuffle(Documents, 0, Documents.Length);

    [Fact]
    public void Metric_is_between_0_and_1() => Gen.Select(Metric, Ranking, Grades)
        .Sample((metric, ranking, grades) => metric.Score(Rankings.Create(ranking), grades) is >= 0 and <= 1 + 1e-12);

    [Fact]
    public void Metric_of_a_perfect_ranking_is_1_or_the_reachable_share() => Gen.Select(Metric, Grades)
        .Where((_, grades) => grades.Values.Any(grade => grade > 0))
        .Sample((metric, grades) =>
        {
            var best = grades.OrderByDescending(grade => grade.Value).Select(grade => grade.Key);
            var relevant = grades.Values.Count(grade => grade > 0);
            var expected = metric switch
            {
                Recall or AveragePrecision => Math.Min(1, (double)metric.Cutoff / relevant),
                Precision => Math.Min(1, (double)relevant / metric.Cutoff),
                _ => 1,
            };
            Assert.Equal(expected, metric.Score(Rankings.Create(best), grades), 1e-12);
        });

    [Fact]
    public void Metric_ignores_documents_below_the_cutoff() => Gen.Select(Metric, Ranking, Grades)
        .Sample((metric, ranking, grades) => Assert.Equal(
            metric.Score(Rankings.Create(ranking.Take(metric.Cutoff)), grades),
            metric.Score(Rankings.Create(ranking), grades)));

    [Fact]
    public void Metric_does_not_rise_when_an_irrelevant_document_comes_first() => Gen.Select(Metric, Ranking, Grades)
        .Sample((metric, ranking, grades) => metric.Score(Rankings.Create(ranking.Prepend("irrelevant")), grades)
            <= metric.Score(Rankings.Create(ranking), grades));
}
