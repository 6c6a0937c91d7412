using System.CommandLine;
using Lucene.Net.Store;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Indexing;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Search.Options;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"index": indexes a collection.</summary>
internal static class IndexCommand
{
    public static Command Create()
    {
        Option<string> collection = CommonOptions.CreateCollection();
        Option<string> index = new("--index")
        {
            Description = "Index folder. An existing index is replaced when the new one is complete.",
            Required = true,
            HelpName = "DIR",
        };
        var command = new Command("index", "Encode a collection into a standard Lucene index.")
        {
            collection, index,
        };
        var model = new ModelOptions(command, encodesDocuments: true);
        var pruning = new PruningOptions(command, TextSide.Document);
        command.SetWork((parsed, cancellation) =>
        {
            var documents = BeirCollection.ReadCorpus(parsed.GetValue(collection)!);
            var whole = model.Load(parsed);
            using var encoder = new PrunedEncoder(whole, new(VectorPruning.None, pruning.Read(parsed)));
            var target = parsed.GetValue(index)!;
            using var directory = FSDirectory.Open(target, new ExclusiveLockFactory());
            using var built = IndexBuilding.Build(
                directory, documents, encoder, whole.Settings.ImpactScale, cancellation);
            AnsiConsole.MarkupLineInterpolated(
                $"{documents.Count:N0} documents in {target}, {built.TermsPerDocument:F0} terms per document");
        });
        return command;
    }
}
