using System.CommandLine;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Measurements;
using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Output;
using LuceneLsr.Tools.Search.Options;
using LuceneLsr.Tools.Search.Views;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"eval": measures BM25, LSR and their fusion.</summary>
internal static class EvalCommand
{
    public static Command Create()
    {
        Option<string> collection = CommonOptions.CreateCollection(), split = CommonOptions.CreateSplit();
        Option<string?> runs = new("--runs")
        {
            Description = "Folder to write the three runs to, in trec_eval format.",
            HelpName = "DIR",
        };
        var perQuery = PerQueryFile.CreateOption();
        Option<bool> ignoreIdenticalIds = new("--ignore-identical-ids")
        {
            Description = "Leave out the document with the id of the query, as BEIR does for ArguAna and Quora.",
        };
        var command = new Command("eval", "Measure BM25, LSR and their fusion on a judged collection.")
        {
            collection, split, runs, perQuery, ignoreIdenticalIds,
        };
        var encoders = new EncoderOptions(command);
        var rules = RulesOption.CreateForSearch(command);
        command.SetWork((parsed, cancellation) =>
        {
            var data = BeirCollection.Load(parsed.GetValue(collection)!, parsed.GetValue(split)!);
            var options = new SparseEvaluationOptions
            {
                CreateQueryEncoder = encoders.LoadQueries(parsed),
                IgnoresIdenticalIds = parsed.GetValue(ignoreIdenticalIds),
                StoresTexts = true,
                Rules = rules.LoadIfGiven(parsed, encoders.GetCheckpoint(parsed)),
            };
            var (encoder, scales) = encoders.Load(parsed, data);
            using (encoder)
            {
                var comparison = Measure(data, encoder, scales, options, encoders.AreRead(parsed), cancellation);
                WriteCosts(data, comparison.Sparse);
                WriteRuns(comparison, parsed.GetValue(runs));
                PerQueryFile.Write(
                    parsed.GetValue(perQuery), RankingMetric.Standard, comparison.Runs,
                    new JudgedCollection(data.Qrels, data.Queries, data.Corpus));
            }
        });
        return command;
    }

    private static Bm25Comparison Measure(
        BeirCollection data, ISparseEncoder encoder, PerSide<ImpactScale> scales, SparseEvaluationOptions options,
        bool areVectorsRead, CancellationToken cancellation)
    {
        try
        {
            return ComparisonView.Measure(
                data, PerSide.Both(encoder), scales, options, "Encoding and indexing", title: "", cancellation);
        }
        catch (OperationCanceledException exception) when (!areVectorsRead)
        {
            throw new CanceledCommandException(
                "eval keeps no vectors. 'lsr-search encode' does, and continues where it stopped: give its files to "
                + "eval with --document-vectors and --query-vectors.", exception);
        }
    }

    private static void WriteCosts(BeirCollection data, SparseEvaluation sparse)
    {
        AnsiConsole.MarkupLineInterpolated($"{data.Corpus.Count:N0} documents, {data.Queries.Count:N0} queries");
        if (data.JudgmentsWithoutDocument > 0)
        {
            AnsiConsole.MarkupLineInterpolated(
                $"{data.JudgmentsWithoutDocument:N0} judgments of documents that are not in the corpus: not retrieved");
        }

        AnsiConsole.MarkupLineInterpolated(
            $"{sparse.TermsPerDocument:F0} terms per document, {sparse.TermsPerQuery:F0} per query");
        AnsiConsole.MarkupLineInterpolated(
            $"indexed in {sparse.IndexingTime.TotalSeconds:F0} s, {sparse.IndexBytes / 1e6:F1} MB with stored texts");
        EmptyDocuments.Warn(sparse.DocumentsWithoutTerms);
    }

    private static void WriteRuns(Bm25Comparison comparison, string? folder)
    {
        if (folder is null)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        foreach (var (name, run) in comparison.Runs)
        {
            var tag = name.Replace(" + ", "-", StringComparison.Ordinal).ToLowerInvariant();
            using var writer = new StreamWriter(Path.Combine(folder, $"{tag}.run"));
            TrecRunFile.Write(writer, run, tag);
        }
    }
}
