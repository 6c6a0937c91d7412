using System.CommandLine;
using LuceneLsr.Encoding;
using LuceneLsr.Encoding.Vectors;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Tools.Shared;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"encode": JSONL texts to JSONL vectors, in the form that Anserini and Pyserini read.</summary>
internal static class EncodeCommand
{
    private const int BatchSize = 64;

    public static Command Create()
    {
        var input = File("--input", "JSONL file of {\"_id\", \"text\"}, and \"title\" if there is one.");
        var output = File("--output", "JSONL file to write: {\"id\", \"contents\", \"vector\"}.");
        var side = CommonOptions.Side(TextSide.Document);
        Option<string> checkpoint = CommonOptions.Checkpoint(), device = CommonOptions.Device();
        var command = new Command("encode", "Encodes texts into vectors that other engines read.")
        {
            input, output, side, checkpoint, device,
        };
        command.SetWork((parsed, cancellation) =>
        {
            using var encoder = CommonOptions.LoadEncoder(parsed, checkpoint, device);
            var count = Encode(
                parsed.GetValue(input)!, parsed.GetValue(output)!, encoder, parsed.GetValue(side), cancellation);
            AnsiConsole.MarkupLineInterpolated($"{count:N0} vectors in [bold]{parsed.GetValue(output)!}[/].");
        });
        return command;
    }

    private static Option<string> File(string name, string description) =>
        new(name) { Description = description, Required = true, HelpName = "FILE" };

    private static int Encode(
        string input, string output, ISparseEncoder encoder, TextSide side, CancellationToken cancellation)
    {
        if (Path.GetFullPath(input) == Path.GetFullPath(output))
        {
            throw new ArgumentException($"--output is --input, {input}, which would be lost. Name another file.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!);
        var temporary = output + ".tmp"; // so that an output file, where there is one, is always whole
        try
        {
            var count = Write(temporary, input, encoder, side, cancellation);
            System.IO.File.Move(temporary, output, overwrite: true);
            return count;
        }
        finally
        {
            System.IO.File.Delete(temporary);
        }
    }

    private static int Write(
        string path, string input, ISparseEncoder encoder, TextSide side, CancellationToken cancellation)
    {
        var count = 0;
        using var writer = new StreamWriter(path);
        foreach (var batch in JsonLines.Read(input).Chunk(BatchSize))
        {
            BeirDocument[] texts = [.. batch.Select(record =>
                new BeirDocument(record.Required("_id"), record.Optional("title"), record.Required("text")))];
            var vectors = encoder.Encode([.. texts.Select(text => text.Contents)], side, cancellation);
            foreach (var (text, vector) in texts.Zip(vectors))
            {
                AnseriniVectors.Write(writer, new VectorRecord(text.Id, text.Contents, vector));
            }

            count += batch.Length;
        }

        return count;
    }
}
