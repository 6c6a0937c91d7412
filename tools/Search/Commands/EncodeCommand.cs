using System.CommandLine;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Files;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Search.Options;
using LuceneLsr.Tools.Search.Views;
using LuceneLsr.VectorFiles;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"encode": encodes JSONL texts into vectors in a format for search engines.</summary>
internal static class EncodeCommand
{
    public static Command Create()
    {
        var input = CreateFileOption(
            "--input", "JSONL file (.jsonl or .jsonl.gz) of {\"_id\", \"text\"} and optionally \"title\".");
        var output = CreateFileOption(
            "--output",
            "File to write, gzipped if its name ends in .gz. It appears when complete; "
            + "repeat the command to resume an interrupted run.");
        var side = CommonOptions.CreateSide(TextSide.Document);
        var shard = ShardOption.Create("the input");
        var command = new Command("encode", "Encode texts into vectors for search engines.")
        {
            input, output, side, shard,
        };
        var model = new ModelOptions(command, encodesDocuments: true);
        var formats = new FormatOptions(command);
        command.SetWork((parsed, cancellation) =>
        {
            string source = parsed.GetValue(input)!, target = parsed.GetValue(output)!;
            RequireDifferent(source, target);
            using var encoder = model.Load(parsed);
            var format = formats.Create(parsed, parsed.GetValue(side), encoder.Settings.ImpactScale);
            var vectors = new VectorFileEncoder(encoder, parsed.GetValue(side), format)
            {
                Shard = parsed.GetValue(shard)!,
                Settings = formats.GetValues(parsed).Concat(model.GetValues(parsed))
                    .ToDictionary(StringComparer.Ordinal),
            };
            var records = JsonLines.Read(source, parsed.GetValue(shard)!);
            Encode(vectors, records, target, cancellation);
        });
        return command;
    }

    private static Option<string> CreateFileOption(string name, string description) =>
        new(name) { Description = description, Required = true, HelpName = "FILE" };

    private static void RequireDifferent(string input, string output)
    {
        if (JsonLines.IsSameFile(input, output))
        {
            throw new ArgumentException($"--output and --input are the same file, {input}. Name another output file.");
        }
    }

    private static void Encode(
        VectorFileEncoder vectors, IEnumerable<JsonRecord> records, string output, CancellationToken cancellation)
    {
        var done = default(VectorFileProgress);
        try
        {
            EncodingProgress.Run(bar => vectors.Encode(
                bar.Follow(records).Select(ReadText), output, progress => bar.Report(done = progress), cancellation));
        }
        catch when (done.Total > 0)
        {
            AnsiConsole.MarkupLineInterpolated(
                $"Kept {done.Total:N0} vectors. Repeat the command to resume.");
            throw;
        }

        AnsiConsole.MarkupLineInterpolated($"Wrote {done.Total:N0} vectors to [bold]{output}[/]{FormatSkipped(done)}.");
    }

    private static string FormatSkipped(VectorFileProgress done) =>
        done.Skipped > 0 ? $", {done.Skipped:N0} of them from an earlier run" : "";

    private static TextRecord ReadText(JsonRecord record)
    {
        var document = new BeirDocument(record.GetId("_id"), record.GetTextOrEmpty("title"), record.GetText("text"));
        return new(document.Id, document.Contents);
    }
}
