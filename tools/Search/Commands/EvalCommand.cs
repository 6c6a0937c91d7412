using System.CommandLine;
using System.Diagnostics;
using Lucene.Net.Search;
using Lucene.Net.Store;
using LuceneLsr.Encoding;
using LuceneLsr.Evaluation;
using LuceneLsr.Evaluation.Baselines;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Fusion;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.QueryParsing;
using LuceneLsr.Torch;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"eval": BM25, LSR and both fused on a judged collection.</summary>
internal static class EvalCommand
{
    public static Command Create()
    {
        Option<string> collection = CommonOptions.Collection(), checkpoint = CommonOptions.Checkpoint(), device = CommonOptions.Device();
        Option<string> split = new("--split") { Description = "Judgments to use: qrels/SPLIT.tsv.", DefaultValueFactory = _ => "test" };
        var command = new Command("eval", "Measures BM25, LSR and both fused on a judged collection.") { collection, split, checkpoint, device };
        command.SetAction((parsed, cancellation) =>
        {
            var data = BeirCollection.Load(parsed.GetValue(collection)!, parsed.GetValue(split)!);
            using var encoder = CommonOptions.LoadEncoder(parsed, checkpoint, device);
            Evaluate(data, encoder, cancellation);
            return Task.FromResult(0);
        });
        return command;
    }

    private static void Evaluate(BeirCollection data, TorchSparseEncoder encoder, CancellationToken cancellation)
    {
        using var keywords = new Bm25Index(data.Corpus.Select(document => (document.Id, document.Contents)));
        var bm25 = Run.Collect(data.Queries, text => keywords.Search(text, EvaluationReport.Depth));

        using var directory = new RAMDirectory();
        var watch = Stopwatch.StartNew();
        IndexBuilding.Run(directory, data.Corpus, encoder, cancellation);
        var indexing = watch.Elapsed;
        using var index = LsrIndex.Open(directory, encoder);
        var vectors = encoder.Encode([.. data.Queries.Select(query => query.Text)], TextSide.Query, cancellation);
        var queries = data.Queries.Zip(vectors).DistinctBy(pair => pair.First.Text).ToDictionary(pair => pair.First.Text, pair => pair.Second, StringComparer.Ordinal);
        var lsr = Run.Collect(data.Queries, text => Search(index, queries[text], encoder.Settings.ImpactScale));

        var table = new Table().RoundedBorder().AddColumns("", "nDCG@10", "MRR@10", "Recall@100", "Recall@1000");
        AddRow(table, "BM25", EvaluationReport.Of(bm25, data.Qrels));
        AddRow(table, "LSR", EvaluationReport.Of(lsr, data.Qrels));
        AddRow(table, "LSR + BM25", EvaluationReport.Of(ScoreFusion.Fuse(lsr, bm25), data.Qrels));
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLineInterpolated(
            $"{data.Corpus.Count:N0} documents, {data.Queries.Count:N0} queries; {index.TermsPerDocument:F0} terms a document, {vectors.Average(vector => vector.Count):F0} a query; encoded and indexed in {indexing.TotalSeconds:F0} s, {directory.GetSizeInBytes() / 1e6:F1} MB with stored texts.");
    }

    private static List<ScoredDocument> Search(LsrIndex index, SparseVector query, ImpactScale scale) =>
        [.. index.Searcher.Search(ImpactQueries.Create(LsrIndex.Contents, query, scale), EvaluationReport.Depth).ScoreDocs
            .Select(hit => new ScoredDocument(index.Searcher.Doc(hit.Doc).Get(LsrIndex.Id), hit.Score))];

    private static void AddRow(Table table, string name, EvaluationReport report) => table.AddRow(
        name, $"{report.NdcgAt10:F4}", $"{report.MrrAt10:F4}", $"{report.RecallAt100:F4}", $"{report.RecallAt1000:F4}");
}
