using System.CommandLine;
using LuceneLsr.Encoding;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Tools.Shared;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>"export": a checkpoint in few bytes, to ship.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        Option<string> from = CommonOptions.From(), output = CommonOptions.Out();
        var queryWord = Number(
            "--query-word-weight", "Weight of a whole word that the vocabulary splits, in a query.", allowsZero: true);
        var documentWord = Number("--document-word-weight", "The same in a document.", allowsZero: true);
        var factor = Number("--impact-factor", "Impact units a unit of weight.", allowsZero: false);
        var command = new Command(
            "export", "Writes a small checkpoint: embeddings and head as int8 rows, the rest as BF16.")
        {
            from, output, queryWord, documentWord, factor,
        };
        command.SetWork((parsed, _) =>
        {
            var source = parsed.GetValue(from)!;
            using var loaded = Checkpoint.Load(source);
            var directory = CommonOptions.EmptyDirectory(parsed.GetValue(output)!);
            var words = loaded.Settings.WholeWordWeight;
            var settings = loaded.Settings with
            {
                WholeWordWeight = new PerSide<float>(
                    parsed.GetValue(queryWord) ?? words.Query, parsed.GetValue(documentWord) ?? words.Document),
                ImpactFactor = parsed.GetValue(factor) ?? loaded.Settings.ImpactFactor,
            };
            loaded.With(settings).SaveWithTokenizer(source, directory, compact: true);
            TrainingRecords.Copy(source, directory);

            AnsiConsole.MarkupLineInterpolated($"Wrote [bold]{directory}[/].");
        });
        return command;
    }

    private static Option<float?> Number(string name, string description, bool allowsZero)
    {
        Option<float?> option = new(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.GetValue(option) is { } value && !IsAllowed(value))
            {
                result.AddError($"{name} must be finite and {(allowsZero ? "not negative" : "above zero")}.");
            }
        });
        return option;

        bool IsAllowed(float value) => float.IsFinite(value) && (value > 0 || (allowsZero && value == 0));
    }
}
