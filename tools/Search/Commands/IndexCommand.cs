using System.CommandLine;
using Lucene.Net.Index;
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
            var target = parsed.GetValue(index)!;
            using var directory = FSDirectory.Open(target, new ExclusiveLockFactory());
            RequireIndexOrEmpty(directory);
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

    // An interrupted first run leaves files of an index without a commit.
    private static void RequireIndexOrEmpty(FSDirectory directory)
    {
        var folder = directory.Directory;
        if (folder.Exists && !DirectoryReader.IndexExists(directory)
            && folder.EnumerateFileSystemInfos().FirstOrDefault(entry => !IsIndexFile(entry.Name)) is { } other)
        {
            throw new IOException(
                $"{folder.FullName} has no index, but has {other.Name}. Name a new folder, or one that has an index.");
        }
    }

    private static bool IsIndexFile(string name) =>
        name == IndexWriter.WRITE_LOCK_NAME
        || name.StartsWith(IndexFileNames.SEGMENTS, StringComparison.Ordinal)
        || IndexFileNames.CODEC_FILE_PATTERN.IsMatch(name);
}
