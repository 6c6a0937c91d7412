using System.CommandLine;
using System.Diagnostics;
using Lucene.Net.Store;
using LuceneLsr.Evaluation;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Fusion;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Output;
using LuceneLsr.Tools.Search.Options;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"eval": BM25, LSR and both fused on a judged collection.</summary>
internal static class EvalCommand
{
    public static Command Create()
    {
        Option<string> collection = CommonOptions.Collection(), split = CommonOptions.Split();
        Option<string?> runs = new("--runs")
        {
            Description = "Folder to write the three runs to, for trec_eval.",
            HelpName = "DIR",
        };
        var command = new Command("eval", "Measures BM25, LSR and both fused on a judged collection.")
        {
            collection, split, runs,
        };
        var encoders = new EncoderOptions(command);
        command.SetWork((parsed, cancellation) =>
        {
            var data = BeirCollection.Load(parsed.GetValue(collection)!, parsed.GetValue(split)!);
            var loadQueries = encoders.LoadQueries(parsed);
            var (encoder, scale) = encoders.Load(parsed);
            using (encoder)
            {
                Evaluate(data, encoder, loadQueries, scale, parsed.GetValue(runs), cancellation);
            }
        });
        return command;
    }

    private static void Evaluate(
        BeirCollection data, ISparseEncoder encoder, Func<LsrIndex, ISparseEncoder>? loadQueries,
        PerSide<ImpactScale> scale, string? runs, CancellationToken cancellation)
    {
        using var keywords = new Bm25Index(data.Corpus.Select(document => (document.Id, document.Contents)));
        var bm25 = keywords.CollectRun(data.Queries, EvaluationReport.Depth, cancellation);

        using var directory = new RAMDirectory();
        var watch = Stopwatch.StartNew();
        using var index = IndexBuilding.Run(directory, data.Corpus, encoder, scale.Document, cancellation);
        var indexing = watch.Elapsed;
        string[] texts = [.. data.Queries.Select(query => query.Text).Distinct(StringComparer.Ordinal)];
        using var queries = loadQueries?.Invoke(index);
        var vectors = (queries ?? encoder).Encode(texts, TextSide.Query, cancellation);
        var vectorOf = texts.Zip(vectors).ToDictionary(StringComparer.Ordinal);
        var lsr = index.Collect(data.Queries, vectorOf, scale.Query);

        (string Name, Run Run)[] compared = [("BM25", bm25), ("LSR", lsr), ("LSR + BM25", ScoreFusion.Fuse(lsr, bm25))];
        EvaluationTable.Write(compared, data.Qrels);
        AnsiConsole.MarkupLineInterpolated($"{data.Corpus.Count:N0} documents, {data.Queries.Count:N0} queries");
        AnsiConsole.MarkupLineInterpolated(
            $"{index.TermsPerDocument:F0} terms a document, {TermsPerQuery(vectors, scale.Query):F0} a query");
        AnsiConsole.MarkupLineInterpolated(
            $"indexed in {indexing.TotalSeconds:F0} s, {directory.GetSizeInBytes() / 1e6:F1} MB with stored texts");
        if (runs is not null)
        {
            WriteRuns(compared, runs);
        }
    }

    private static double TermsPerQuery(IReadOnlyList<SparseVector> queries, ImpactScale scale) =>
        queries.Average(query => scale.Quantize(query).Count);

    private static void WriteRuns((string Name, Run Run)[] compared, string folder)
    {
        System.IO.Directory.CreateDirectory(folder);
        foreach (var (name, run) in compared)
        {
            var tag = name.Replace(" + ", "-", StringComparison.Ordinal).ToLowerInvariant();
            using var writer = new StreamWriter(Path.Combine(folder, $"{tag}.run"));
            TrecRunFile.Write(writer, run, tag);
        }
    }
}
