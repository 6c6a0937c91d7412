using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Files;
using LuceneLsr.Tools.Common.Output;
using LuceneLsr.VectorFiles;
using Spectre.Console;

namespace LuceneLsr.Tools.Common;

/// <summary>Encodes a JSONL file of texts under a progress bar, and says what was kept or written.</summary>
public static class CorpusEncoding
{
    /// <summary>Encodes the shard of the input that the encoder has.</summary>
    public static void Run(
        VectorFileEncoder vectors, (string Input, string Output) files, CancellationToken cancellation)
    {
        var records = JsonLines.Read(files.Input, vectors.Shard);
        var done = default(VectorFileProgress);
        try
        {
            EncodingProgress.Run(bar => vectors.Encode(
                bar.Follow(records).Select(ReadText), files.Output, progress => bar.Report(done = progress),
                cancellation));
        }
        catch when (done.Total > 0)
        {
            AnsiConsole.MarkupLineInterpolated(
                $"Kept {done.Total:N0} vectors. Repeat the command to resume.");
            throw;
        }

        AnsiConsole.MarkupLineInterpolated(
            $"Wrote {done.Total:N0} vectors to [bold]{files.Output}[/]{FormatSkipped(done)}.");
    }

    private static string FormatSkipped(VectorFileProgress done) =>
        done.Skipped > 0 ? $", {done.Skipped:N0} of them from an earlier run" : "";

    private static TextRecord ReadText(JsonRecord record)
    {
        var document = new BeirDocument(record.GetId("_id"), record.GetTextOrEmpty("title"), record.GetText("text"));
        return new(document.Id, document.Contents);
    }
}
