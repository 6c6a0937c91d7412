using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Comparisons;
using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Documentation.Tests.Samples;

/// <summary>The sample of docs/evaluation.md.</summary>
public sealed class EvaluationSamples : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Comparison_sample_finds_the_query_that_loses()
    {
        var judgments = _folder.WriteLines("test.qrels", "q1 0 a 1", "q2 0 a 1");
        var currentRun = _folder.WriteLines("current.run", "q1 Q0 a 1 2 x", "q1 Q0 b 2 1 x", "q2 Q0 b 1 1 x");
        var candidateRun = _folder.WriteLines("candidate.run", "q1 Q0 b 1 2 x", "q1 Q0 a 2 1 x", "q2 Q0 a 1 1 x");

        // <sample>
        var qrels = QrelsFile.Read(judgments);
        var (current, candidate) = (TrecRunFile.Read(currentRun), TrecRunFile.Read(candidateRun));
        var comparison = MetricComparison.Compare(new Ndcg(10), current, candidate, qrels);
        foreach (var query in comparison.Losses.Take(3))
        {
            var id = query.QueryId;
            var moves = DocumentMove.Find(
                current.GetRanking(id), candidate.GetRanking(id), qrels.GetGrades(id), depth: 10);
            Console.WriteLine($"{id} {query.Gain:F3}: {string.Join(", ", moves.Select(move => move.DocumentId))}");
        }
        // </sample>

        Assert.Equal("q1", comparison.Losses.Single().QueryId);
        Assert.Equal("q2", comparison.Wins.Single().QueryId);
    }
}
