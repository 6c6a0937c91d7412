using System.CommandLine;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Files;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Search.Options;
using LuceneLsr.Tools.Search.Views;
using LuceneLsr.VectorFiles;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"encode": JSONL texts to vectors in a form that an engine reads, as many as there are.</summary>
internal static class EncodeCommand
{
    public static Command Create()
    {
        var input = File("--input", "JSONL file of {\"_id\", \"text\"}, and \"title\" if there is one; or .jsonl.gz.");
        var output = File("--output", "File to write, compressed if its name ends in .gz. It appears when it is "
            + "complete; the same command goes on with one that is not.");
        var side = CommonOptions.Side(TextSide.Document);
        var shard = ShardOption();
        var command = new Command("encode", "Encodes texts into vectors that other engines read.")
        {
            input, output, side, shard,
        };
        var model = new ModelOptions(command, readsDocuments: true);
        var formats = new FormatOptions(command);
        command.SetWork((parsed, cancellation) =>
        {
            string source = parsed.GetValue(input)!, target = parsed.GetValue(output)!;
            RequireOther(source, target);
            using var encoder = model.Load(parsed);
            var format = formats.Create(parsed, parsed.GetValue(side), encoder.Settings.ImpactScale);
            var vectors = new VectorFileEncoder(encoder, parsed.GetValue(side), format)
            {
                Settings = formats.Values(parsed).Concat(model.Values(parsed))
                    .Append((shard.Name, parsed.GetValue(shard)!.ToString()))
                    .ToDictionary(StringComparer.Ordinal),
            };
            var records = JsonLines.Read(source, parsed.GetValue(shard)!);
            Encode(vectors, records, target, cancellation);
        });
        return command;
    }

    private static Option<string> File(string name, string description) =>
        new(name) { Description = description, Required = true, HelpName = "FILE" };

    private static Option<Shard> ShardOption() => new("--shard")
    {
        Description = "Part of the input to encode: 2/8 is the second of eight, which any number of machines share.",
        HelpName = "I/N",
        DefaultValueFactory = _ => Shard.Whole,
        CustomParser = argument =>
        {
            if (Shard.TryParse(argument.Tokens[0].Value, out var shard))
            {
                return shard;
            }

            argument.AddError($"--shard must be I/N with I from 1 to N, such as 2/8, not {argument.Tokens[0].Value}.");
            return null;
        },
    };

    private static void RequireOther(string input, string output)
    {
        if (Path.GetFullPath(input) == Path.GetFullPath(output))
        {
            throw new ArgumentException($"--output is --input, {input}, which would be lost. Name another file.");
        }
    }

    private static void Encode(
        VectorFileEncoder vectors, IEnumerable<JsonRecord> records, string output, CancellationToken cancellation)
    {
        var done = default(VectorFileProgress);
        try
        {
            EncodingProgress.Run(bar => vectors.Encode(
                bar.Follow(records).Select(Text), output, progress => bar.Report(done = progress), cancellation));
        }
        catch when (done.Total > 0)
        {
            AnsiConsole.MarkupLineInterpolated(
                $"{done.Total:N0} vectors are kept: the same command goes on from there.");
            throw;
        }

        AnsiConsole.MarkupLineInterpolated($"{done.Total:N0} vectors in [bold]{output}[/]{EarlierPart(done)}.");
    }

    private static string EarlierPart(VectorFileProgress done) =>
        done.Skipped > 0 ? $", {done.Skipped:N0} of them from an earlier run" : "";

    private static TextRecord Text(JsonRecord record)
    {
        var document = new BeirDocument(record.GetText("_id"), record.GetTextOrEmpty("title"), record.GetText("text"));
        return new(document.Id, document.Contents);
    }
}
