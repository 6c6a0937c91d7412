using System.CommandLine;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Measurements;
using LuceneLsr.Tokenization.Queries;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Output;
using LuceneLsr.Tools.Trainer.Options;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>The command "eval": BM25, a checkpoint and both fused on judged collections.</summary>
internal sealed class EvalCommand
{
    private readonly Option<string> _data = CommonOptions.CreateData();
    private readonly Option<string[]> _collections = CollectionOptions.CreateCollections();
    private readonly Option<string> _split = CollectionOptions.CreateSplit("test");
    private readonly Option<bool> _table = new("--query-table")
    {
        Description = $"Weight query terms with the checkpoint's {QueryWeights.FileName} instead of its model.",
    };

    private readonly EncoderOptions _encoder;

    private EvalCommand(Command command)
    {
        foreach (var option in new Option[] { _data, _collections, _split, _table })
        {
            command.Add(option);
        }

        _encoder = new EncoderOptions(command);
    }

    public static Command Create()
    {
        var command = new Command("eval", "Evaluate BM25, a checkpoint and their fusion on judged collections.");
        command.SetWork(new EvalCommand(command).Run);
        return command;
    }

    private void Run(ParseResult parsed, CancellationToken cancellation)
    {
        var collections = LoadCollections(parsed);
        using var queries = parsed.GetValue(_table)
            ? InferenceFreeQueryEncoder.Load(_encoder.GetCheckpoint(parsed))
            : null;
        using var model = _encoder.Load(parsed);
        var encoders = new PerSide<ISparseEncoder>(queries ?? (ISparseEncoder)model, model);
        foreach (var (name, collection) in collections)
        {
            Evaluate(name, collection, encoders, model.Settings.ImpactScale, cancellation);
        }
    }

    private List<(string Name, BeirCollection Collection)> LoadCollections(ParseResult parsed) =>
    [
        .. parsed.GetValue(_collections)!.Distinct(StringComparer.Ordinal).Select(name => (
            name,
            BeirCollection.Load(Path.Combine(parsed.GetValue(_data)!, name), parsed.GetValue(_split)!))),
    ];

    private static void Evaluate(
        string name, BeirCollection collection, PerSide<ISparseEncoder> encoders, ImpactScale scale,
        CancellationToken cancellation)
    {
        var sparse = ComparisonView.Measure(
            collection, encoders, PerSide.Both(scale), new SparseEvaluationOptions(), $"Encoding {name}", name,
            cancellation).Sparse;
        var speed = collection.Corpus.Count / sparse.IndexingTime.TotalSeconds;
        AnsiConsole.MarkupLineInterpolated(
            $"{collection.Corpus.Count:N0} documents at {speed:F0}/s, {sparse.TermsPerDocument:F0} terms each");
        AnsiConsole.MarkupLineInterpolated(
            $"{collection.Queries.Count:N0} queries, {sparse.TermsPerQuery:F0} terms each");
        AnsiConsole.MarkupLineInterpolated($"index of {sparse.IndexBytes / 1e6:F1} MB");
    }
}
