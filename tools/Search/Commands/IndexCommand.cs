using System.CommandLine;
using System.Text.RegularExpressions;
using Lucene.Net.Store;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Indexing;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Search.Options;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"index": indexes a collection.</summary>
internal static partial class IndexCommand
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
            var target = parsed.GetValue(index)!;
            using var directory = FSDirectory.Open(target, new ExclusiveLockFactory());
            RequireNoOtherFiles(directory.Directory);
            var documents = BeirCollection.ReadCorpus(parsed.GetValue(collection)!);
            var whole = model.Load(parsed);
            using var encoder = new PrunedEncoder(whole, new(VectorPruning.None, pruning.Read(parsed)));
            using var built = IndexBuilding.Build(
                directory, documents, encoder, whole.Settings.ImpactScale, cancellation);
            AnsiConsole.MarkupLineInterpolated(
                $"{documents.Count:N0} documents in {target}, {built.TermsPerDocument:F0} terms per document");
        });
        return command;
    }

    // Lucene.NET deletes files that it takes for those of an index, such as my_notes.txt.
    private static void RequireNoOtherFiles(DirectoryInfo folder)
    {
        if (folder.Exists
            && folder.EnumerateFileSystemInfos().FirstOrDefault(entry => !IndexFile().IsMatch(entry.Name)) is { } other)
        {
            throw new IOException(
                $"{folder.FullName} has {other.Name}, which is not part of an index. Name a folder of its own for the "
                + "index.");
        }
    }

    [GeneratedRegex(@"^(_[0-9a-z]+(_.*)?\..*|segments(_[0-9a-z]+|\.gen)|write\.lock)$")]
    private static partial Regex IndexFile();
}
