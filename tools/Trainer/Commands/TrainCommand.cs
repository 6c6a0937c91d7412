using System.CommandLine;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Phases;
using LuceneLsr.Tools.Shared;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>"train": contrastive training by a recipe.</summary>
internal static class TrainCommand
{
    private const int SaveEvery = 100; // steps; a killed run leaves the last saved weights

    public static Command Create()
    {
        Option<string> from = CommonOptions.From(), output = CommonOptions.Out();
        Option<string> data = CommonOptions.Data(), device = CommonOptions.Device();
        Option<string> recipe = new("--recipe")
        {
            Description = "JSON file: settings, and the sources of pairs with their shares.",
            Required = true,
        };
        var command = new Command(
            "train", "Trains a sparse encoder: InfoNCE with in-batch and hard negatives, FLOPS regularizer.")
        {
            from, output, data, recipe, device,
        };
        command.SetWork((parsed, cancellation) =>
        {
            var settings = Recipe.Load(parsed.GetValue(recipe)!);
            using var checkpoint = Checkpoint.Load(parsed.GetValue(from)!);
            var target = Devices.Parse(parsed.GetValue(device)!);
            var directory = NewDirectory.Create(parsed.GetValue(output)!);
            using var sampler = AnsiConsole.Status().Start(
                "Reading pairs, indexing hard negatives", _ => new BatchSampler(settings, parsed.GetValue(data)!));
            File.WriteAllText(Path.Combine(directory, TrainingRecords.Recipe), settings.ToJson());
            var phase = new ContrastivePhase(checkpoint, settings, sampler, target);
            using var log = new StepLog<ContrastiveStep>(Path.Combine(directory, TrainingRecords.TrainingLog));
            StepProgress.Run("Training", settings.Steps, phase.Run(cancellation),
                step => $"loss {step.Loss:F3} terms {step.QueryTerms:F0}/{step.DocumentTerms:F0}",
                step =>
                {
                    log.Write(step);
                    if (step.Step % SaveEvery == 0 || step.Step == settings.Steps)
                    {
                        checkpoint.SaveWithFilesOf(parsed.GetValue(from)!, directory, Precision.Float32);
                    }
                });
            AnsiConsole.MarkupLineInterpolated($"Wrote [bold]{directory}[/].");
        });
        return command;
    }
}
