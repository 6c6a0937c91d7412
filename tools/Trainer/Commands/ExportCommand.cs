using System.CommandLine;
using LuceneLsr.Encoding;
using LuceneLsr.Torch.Checkpoints;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>"export": a checkpoint in few bytes, to ship.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        Option<string> from = CommonOptions.From(), output = CommonOptions.Out();
        Option<float?> queryWord = new("--query-word-weight") { Description = "Weight of a whole word that the vocabulary splits, in a query." };
        Option<float?> documentWord = new("--document-word-weight") { Description = "The same in a document." };
        Option<float?> factor = new("--impact-factor") { Description = "Impact units a unit of weight." };
        var command = new Command("export", "Writes a small checkpoint: embeddings and head as int8 rows, the rest as BF16.")
        {
            from, output, queryWord, documentWord, factor,
        };
        command.SetAction(parsed =>
        {
            var source = parsed.GetValue(from)!;
            using var loaded = Checkpoint.Load(source);
            var directory = CommonOptions.EmptyDirectory(parsed.GetValue(output)!);
            var words = loaded.Settings.WholeWordWeight;
            loaded.Settings = loaded.Settings with
            {
                WholeWordWeight = new PerSide<float>(
                    parsed.GetValue(queryWord) ?? words.Query, parsed.GetValue(documentWord) ?? words.Document),
                ImpactFactor = parsed.GetValue(factor) ?? loaded.Settings.ImpactFactor,
            };
            loaded.SaveWithTokenizer(source, directory, compact: true);
            foreach (var record in Directory.EnumerateFiles(source).Where(IsRecordOfTraining))
            {
                File.Copy(record, Path.Combine(directory, Path.GetFileName(record)));
            }

            AnsiConsole.MarkupLineInterpolated($"Wrote [bold]{directory}[/].");
        });
        return command;
    }

    private static bool IsRecordOfTraining(string path) => Path.GetFileName(path) is "recipe.json" or "training-log.csv" or "adaptation-log.csv";
}
