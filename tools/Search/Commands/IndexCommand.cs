using System.CommandLine;
using Lucene.Net.Store;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Tools.Shared;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"index": encodes a collection into a standard Lucene index.</summary>
internal static class IndexCommand
{
    public static Command Create()
    {
        Option<string> collection = CommonOptions.Collection();
        Option<string> checkpoint = CommonOptions.Checkpoint(), device = CommonOptions.Device();
        Option<string> index = new("--index")
        {
            Description = "Index folder; an index in it is replaced once the new one is complete.",
            Required = true,
            HelpName = "DIR",
        };
        var command = new Command("index", "Encodes a collection into a standard Lucene index.")
        {
            collection, index, checkpoint, device,
        };
        command.SetWork((parsed, cancellation) =>
        {
            var documents = BeirCollection.ReadCorpus(parsed.GetValue(collection)!);
            using var encoder = CommonOptions.LoadEncoder(parsed, checkpoint, device);
            using var directory = FSDirectory.Open(parsed.GetValue(index)!, new ExclusiveLockFactory());
            IndexBuilding.Run(directory, documents, encoder, cancellation);
            using var built = LsrIndex.Open(directory, encoder);
            AnsiConsole.MarkupLineInterpolated(
                $"{documents.Count:N0} documents in {parsed.GetValue(index)}, {built.TermsPerDocument:F0} terms each");
        });
        return command;
    }
}
