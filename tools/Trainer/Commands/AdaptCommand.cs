using System.CommandLine;
using System.Numerics;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Phases;
using LuceneLsr.Tools.Shared;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>"adapt": CSPLADE's light adaptation phase.</summary>
internal static class AdaptCommand
{
    private static readonly AdaptationOptions Defaults = new();

    public static Command Create()
    {
        Option<string> from = CommonOptions.From(), output = CommonOptions.Out();
        Option<string> data = CommonOptions.Data(), device = CommonOptions.Device();
        var texts = CommonOptions.Texts();
        var steps = Number("--steps", "Optimizer steps.", Defaults.Steps);
        var batch = Number("--batch", "Sequences a step.", Defaults.BatchSize);
        var rate = Number("--layer-rate", "Peak learning rate of the layers.", Defaults.LayerLearningRate);
        var embeddingRate = Number(
            "--embedding-rate", "Peak learning rate of embeddings and head.", Defaults.EmbeddingLearningRate);
        var command = new Command(
            "adapt", "Adapts a causal LM: cross-entropy on the logits plus the same on log(1 + ReLU(logits)).")
        {
            from, output, data, texts, steps, batch, rate, embeddingRate, device,
        };
        command.SetWork((parsed, cancellation) =>
        {
            using var checkpoint = Checkpoint.Load(parsed.GetValue(from)!);
            var directory = NewDirectory.Create(parsed.GetValue(output)!);
            var options = new AdaptationOptions
            {
                Steps = parsed.GetValue(steps),
                BatchSize = parsed.GetValue(batch),
                LayerLearningRate = parsed.GetValue(rate),
                EmbeddingLearningRate = parsed.GetValue(embeddingRate),
            };
            var paths = parsed.GetValue(texts)!.Select(text => Path.Combine(parsed.GetValue(data)!, text));
            var phase = new AdaptationPhase(
                checkpoint, paths.SelectMany(TextFiles.Read), options, Devices.Parse(parsed.GetValue(device)!));
            using (var log = new StepLog<AdaptationStep>(Path.Combine(directory, TrainingRecords.AdaptationLog)))
            {
                StepProgress.Run("Adapting", options.Steps, phase.Run(cancellation),
                    step => $"loss {step.Loss:F3} saturated {step.SaturatedLoss:F3}", log.Write);
            }

            checkpoint.SaveWithFilesOf(parsed.GetValue(from)!, directory, Precision.Float32);
            AnsiConsole.MarkupLineInterpolated($"Wrote [bold]{directory}[/].");
        });
        return command;
    }

    private static Option<T> Number<T>(string name, string description, T value)
        where T : struct, INumber<T> =>
        new Option<T>(name) { Description = description, DefaultValueFactory = _ => value }
            .Require(number => number > T.Zero && T.IsFinite(number), "finite and above zero");
}
