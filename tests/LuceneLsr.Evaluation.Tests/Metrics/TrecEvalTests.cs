using System.Globalization;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Tests.Metrics;

/// <summary>Compares metrics with values that trec_eval computed; README.md of the folder TrecEval says how.</summary>
public sealed class TrecEvalTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Metrics", "TrecEval");
    private static readonly Qrels Qrels = QrelsFile.Read(Path.Combine(Folder, "qrels.txt"));
    private static readonly Run Run = TrecRunFile.Read(Path.Combine(Folder, "run.txt"));

    public static TheoryData<string, string> Measures { get; } = new(
        ("ndcg_cut_5", "nDCG@5"), ("ndcg_cut_10", "nDCG@10"), ("recip_rank_2", "MRR@2"), ("recip_rank_10", "MRR@10"),
        ("map_cut_5", "MAP@5"), ("map_cut_1000", "MAP@1000"), ("P_5", "P@5"), ("P_10", "P@10"),
        ("recall_5", "Recall@5"), ("recall_10", "Recall@10"), ("recall_1000", "Recall@1000"));

    [Theory]
    [MemberData(nameof(Measures))]
    public void Metric_of_each_query_and_its_mean_match_trec_eval(string measure, string name)
    {
        var metric = RankingMetric.Parse(name);
        var actual = metric.ScoreQueries(Run, Qrels).Append(new("all", metric.ComputeMean(Run, Qrels)));
        Assert.Equal(Expected(measure), actual.OrderBy(query => query.QueryId, StringComparer.Ordinal)
            .Select(query => (query.QueryId, query.Score.ToString("F4", CultureInfo.InvariantCulture))));
    }

    /// <summary>The run that is read back is in trec_eval's order, whatever the order of ties was.</summary>
    [Theory]
    [MemberData(nameof(Measures))]
    public void Metric_of_a_written_run_with_ties_matches_the_run(string measure, string name)
    {
        var reversed = new Run(Run.QueryIds.Select(
            queryId => KeyValuePair.Create<string, IReadOnlyList<ScoredDocument>>(
                queryId, [.. Run.GetRanking(queryId).Reverse().OrderByDescending(hit => hit.Score)])));
        var path = Path.GetTempFileName();
        using (var writer = new StreamWriter(path))
        {
            TrecRunFile.Write(writer, reversed, measure);
        }

        var metric = RankingMetric.Parse(name);
        Assert.Equal(metric.ScoreQueries(reversed, Qrels), metric.ScoreQueries(TrecRunFile.Read(path), Qrels));
        File.Delete(path);
    }

    private static IEnumerable<(string Query, string Value)> Expected(string measure) =>
        File.ReadLines(Path.Combine(Folder, "expected.txt")).Select(line => line.Split(' '))
            .Where(columns => columns[0] == measure)
            .Select(columns => (columns[1], columns[2]))
            .OrderBy(query => query.Item1, StringComparer.Ordinal);
}
