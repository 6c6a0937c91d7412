using System.CommandLine;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Measurements;
using LuceneLsr.Tokenization.Queries;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Output;
using LuceneLsr.Tools.Trainer.Options;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>"eval": BM25, a checkpoint and both fused on judged collections.</summary>
internal static class EvalCommand
{
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var collections = CollectionOptions.Collections();
        var split = CollectionOptions.Split("test");
        Option<bool> table = new("--query-table")
        {
            Description = $"Weight the terms of queries by the checkpoint's {QueryWeights.FileName}, not by its model.",
        };
        var command = new Command("eval", "Measures BM25, a checkpoint and both fused on judged collections.")
        {
            data, collections, split, table,
        };
        var options = new EncoderOptions(command);
        command.SetWork((parsed, cancellation) =>
        {
            string folder = parsed.GetValue(data)!, judgments = parsed.GetValue(split)!;
            var judged = parsed.GetValue(collections)!.Distinct(StringComparer.Ordinal)
                .Select(name => (Name: name, Data: BeirCollection.Load(Path.Combine(folder, name), judgments)))
                .ToList();
            using var queries = parsed.GetValue(table)
                ? InferenceFreeQueryEncoder.Load(options.GetCheckpoint(parsed))
                : null;
            using var model = options.Load(parsed);
            var encoders = new PerSide<ISparseEncoder>(queries ?? (ISparseEncoder)model, model);
            foreach (var (name, collection) in judged)
            {
                Evaluate(name, collection, encoders, model.Settings.ImpactScale, cancellation);
            }
        });
        return command;
    }

    private static void Evaluate(
        string name, BeirCollection data, PerSide<ISparseEncoder> encoders, ImpactScale scale,
        CancellationToken cancellation)
    {
        var sparse = ComparisonView.Measure(
            data, encoders, PerSide.Both(scale), new SparseEvaluationOptions(), $"Encoding {name}", name, cancellation)
            .Sparse;
        var speed = data.Corpus.Count / sparse.IndexingTime.TotalSeconds;
        AnsiConsole.MarkupLineInterpolated(
            $"{data.Corpus.Count:N0} documents at {speed:F0} per second, {sparse.TermsPerDocument:F0} terms each");
        AnsiConsole.MarkupLineInterpolated($"{data.Queries.Count:N0} queries, {sparse.TermsPerQuery:F0} terms each");
        AnsiConsole.MarkupLineInterpolated($"index of {sparse.IndexBytes / 1e6:F1} MB");
    }
}
