using System.CommandLine;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Drift;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Search.Options;
using LuceneLsr.Tools.Search.Views;
using LuceneLsr.VectorFiles.Formats;
using LuceneLsr.VectorFiles.Precisions;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"drift": measures how the precision of each engine changes rankings.</summary>
internal static class DriftCommand
{
    private const string Weights = "weights";
    private const string Impacts = "impacts";

    public static Command Create()
    {
        Option<string?> collection = new("--collection")
        {
            Description = "BEIR folder with judgments, for nDCG (default none).",
            HelpName = "DIR",
        };
        var split = CommonOptions.CreateSplit();
        var top = CommonOptions.CreateTop("Number k of top documents to compare.", 10);
        var reference = new Option<string>("--reference")
        {
            Description = "What to compare with: the encoder's weights without rounding, or the integer impacts in an "
                + "index of LuceneLsr.",
            DefaultValueFactory = _ => Weights,
        }.Accept(Weights, Impacts);
        var command = new Command(
            "drift",
            "Measure how the precision with which each engine stores weights changes rankings, without a server.");
        var vectors = new EncodedVectorsOptions(command, requiresQueries: true);
        command.Add(collection);
        command.Add(split);
        command.Add(top);
        command.Add(reference);
        var scale = new ImpactScaleOptions(command);
        command.SetWork((parsed, cancellation) =>
        {
            var source = vectors.Open(parsed, cancellation);
            var (documents, queries) = (Load(source.Documents), Load(source.Queries));
            var impacts = EngineFormats.CreateImpacts(scale.Load(parsed));
            var measurement = new DriftMeasurement(
                documents, queries, parsed.GetValue(reference) == Weights ? EngineFormats.Weights : impacts,
                LoadJudgments(parsed.GetValue(collection), parsed.GetValue(split)!, queries), parsed.GetValue(top));
            StoredVectors[] formats =
            [
                EngineFormats.Weights, impacts,
                .. EngineFormats.CreateOthers(QuantizationCeilings.Fit(
                    documents.Select(document => document.Vector), queries.Select(query => query.Vector))),
            ];
            DriftView.Write(
                [.. formats.Select(format => measurement.Measure(format, cancellation))], documents.Count,
                parsed.GetValue(top));
        });
        return command;
    }

    private static List<(string Id, SparseVector Vector)> Load(IEnumerable<VectorRecord> records) =>
        [.. records.Select(record => (record.Id, record.Vector))];

    private static Qrels? LoadJudgments(
        string? collection, string split, IReadOnlyList<(string Id, SparseVector Vector)> queries)
    {
        if (collection is null)
        {
            return null;
        }

        var qrels = BeirCollection.Load(collection, split).Qrels;
        return queries.Any(query => qrels.QueryIds.Contains(query.Id)) ? qrels : throw new InvalidDataException(
            $"No query of --query-vectors has judgments in {collection}. Name the collection of the queries.");
    }
}
