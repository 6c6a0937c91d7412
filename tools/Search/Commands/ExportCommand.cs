using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Search.Options;
using LuceneLsr.VectorFiles.Exports;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"export": writes all files that another engine needs from encoded vectors.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        Option<string> output = new("--output")
        {
            Description = "Folder to write. It must be empty or not exist.",
            Required = true,
            HelpName = "DIR",
        };
        var command = new Command(
            "export", "Write mapping, bulk requests and queries of encoded vectors for another engine.")
        {
            output,
        };
        var vectors = new EncodedVectorsOptions(command, requiresQueries: false);
        var exports = new ExportOptions(command);
        command.SetWork((parsed, cancellation) =>
        {
            var export = exports.Create(parsed);
            var source = vectors.Open(parsed, cancellation);
            ExportSummary summary = null!;
            var folder = NewDirectory.Write(
                parsed.GetValue(output)!, path => summary = RequireDocuments(export.Write(source, path)));
            Write(summary, folder);
        });
        return command;
    }

    private static ExportSummary RequireDocuments(ExportSummary summary) => summary.Documents > 0
        ? summary
        : throw new InvalidDataException("The files of --document-vectors have no documents. Encode some first.");

    private static void Write(ExportSummary summary, string folder)
    {
        AnsiConsole.MarkupLineInterpolated(
            $"Wrote {summary.Documents:N0} documents and {summary.Queries:N0} queries to [bold]{folder}[/].");
        if (summary.Vocabulary is { } vocabulary)
        {
            AnsiConsole.MarkupLineInterpolated($"{vocabulary.Terms:N0} terms in vocabulary.tsv");
            if (vocabulary.DroppedTerms > 0)
            {
                var (terms, entries) = (vocabulary.DroppedTerms, vocabulary.DroppedEntries);
                AnsiConsole.MarkupLineInterpolated($"left out the {terms:N0} rarest terms, {entries:P2} of all entries");
            }
        }

        if (summary.Ceilings is { } ceilings)
        {
            AnsiConsole.MarkupLineInterpolated(
                $"quantization ceilings: {ceilings.Documents:G5} for documents, {ceilings.Queries:G5} for queries");
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal)
            .GroupBy(name => name.StartsWith("bulk-", StringComparison.Ordinal) ? "bulk" : name))
        {
            AnsiConsole.MarkupLineInterpolated(
                $"  {file.First()}{(file.Count() > 1 ? $" to {file.Last()}" : "")}");
        }
    }
}
