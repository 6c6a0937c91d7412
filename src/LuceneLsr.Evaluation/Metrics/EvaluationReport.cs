using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Metrics;

/// <summary>The standard metrics of a run, each averaged over all judged queries.</summary>
/// <param name="NdcgAt10"><see cref="Ndcg"/> of the first 10 documents.</param>
/// <param name="MrrAt10"><see cref="ReciprocalRank"/> within the first 10 documents.</param>
/// <param name="RecallAt100"><see cref="Recall"/> of the first 100 documents.</param>
/// <param name="RecallAt1000"><see cref="Recall"/> of the first 1,000 documents.</param>
public sealed record EvaluationReport(double NdcgAt10, double MrrAt10, double RecallAt100, double RecallAt1000)
{
    /// <summary>The number of documents per query that a run needs for all metrics.</summary>
    public const int Depth = 1_000;

    /// <summary>Computes the metrics of a run.</summary>
    public static EvaluationReport Compute(Run run, Qrels qrels) => new(
        new Ndcg(10).ComputeMean(run, qrels),
        new ReciprocalRank(10).ComputeMean(run, qrels),
        new Recall(100).ComputeMean(run, qrels),
        new Recall(Depth).ComputeMean(run, qrels));
}
