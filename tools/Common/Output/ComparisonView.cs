using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Measurements;
using LuceneLsr.Evaluation.Metrics;
using Spectre.Console;

namespace LuceneLsr.Tools.Common.Output;

/// <summary>Prints the metrics of a comparison.</summary>
public static class ComparisonView
{
    /// <summary>Measures a comparison under a progress bar and prints a row of metrics per run.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="encoders">The encoder of each side.</param>
    /// <param name="scales">The scale of each side.</param>
    /// <param name="options">The options of the evaluation.</param>
    /// <param name="taskName">The text of the progress bar.</param>
    /// <param name="title">The heading of the column of names; empty by default.</param>
    /// <param name="cancellationToken">Cancels the encoding.</param>
    public static Bm25Comparison Measure(
        BeirCollection collection, PerSide<ISparseEncoder> encoders, PerSide<ImpactScale> scales,
        SparseEvaluationOptions options, string taskName, string title, CancellationToken cancellationToken)
    {
        var comparison = TimedProgress.Create().Start(context =>
        {
            var progress = new DocumentProgress(context.AddTask(taskName, maxValue: collection.Corpus.Count));
            return Bm25Comparison.Measure(
                collection, encoders, scales, options with { OnEncoded = progress.Add }, cancellationToken);
        });
        Write(comparison, collection.Qrels, title);
        return comparison;
    }

    private static void Write(Bm25Comparison comparison, Qrels qrels, string title)
    {
        var table = new Table().RoundedBorder()
            .AddColumns(Markup.Escape(title), "nDCG@10", "MRR@10", "Recall@100", "Recall@1000");
        foreach (var (name, run) in comparison.Runs)
        {
            var report = EvaluationReport.Compute(run, qrels);
            double[] figures = [report.NdcgAt10, report.MrrAt10, report.RecallAt100, report.RecallAt1000];
            table.AddRow([Markup.Escape(name), .. figures.Select(figure => $"{figure:F4}")]);
        }

        AnsiConsole.Write(table);
    }
}
