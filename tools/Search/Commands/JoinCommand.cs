using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Search.Views;
using LuceneLsr.VectorFiles.Parts;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"join": checks the shards that several machines encoded, and joins them.</summary>
internal static class JoinCommand
{
    public static Command Create()
    {
        Option<string[]> parts = new("--parts")
        {
            Description = "Files that encode wrote with --shard. Each needs its manifest, FILE.manifest.json, next to "
                + "it.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
            HelpName = "FILE",
        };
        Option<string?> output = new("--output")
        {
            Description = "File to join them into (default none: only check them).",
            HelpName = "FILE",
        };
        var command = new Command(
            "join", "Check that all shards of an input are there and fit together, and join them.")
        {
            parts, output,
        };
        command.SetWork((parsed, cancellation) =>
        {
            var files = VectorFileParts.Check(parsed.GetValue(parts)!, cancellation);
            PartsView.Write(files);
            if (files.Problems.Count > 0)
            {
                throw new InvalidDataException(
                    $"The parts do not fit together ({files.Problems.Count:N0} problems above). Nothing was written.");
            }

            if (parsed.GetValue(output) is { } target)
            {
                files.Join(target);
                AnsiConsole.MarkupLineInterpolated($"Wrote {files.Texts:N0} vectors to [bold]{target}[/].");
            }
        });
        return command;
    }
}
