using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation;

/// <summary>The figures by which retrieval quality is reported, each a mean over all judged queries.</summary>
/// <param name="NdcgAt10"><see cref="Ndcg"/> of the first 10.</param>
/// <param name="MrrAt10"><see cref="ReciprocalRank"/> in the first 10.</param>
/// <param name="RecallAt100"><see cref="Recall"/> of the first 100.</param>
/// <param name="RecallAt1000"><see cref="Recall"/> of the first 1,000.</param>
public sealed record EvaluationReport(double NdcgAt10, double MrrAt10, double RecallAt100, double RecallAt1000)
{
    /// <summary>How many documents a query's ranking needs for all figures.</summary>
    public const int Depth = 1_000;

    /// <summary>Evaluates a run.</summary>
    public static EvaluationReport Compute(Run run, Qrels qrels) => new(
        new Ndcg(10).Mean(run, qrels),
        new ReciprocalRank(10).Mean(run, qrels),
        new Recall(100).Mean(run, qrels),
        new Recall(Depth).Mean(run, qrels));
}
