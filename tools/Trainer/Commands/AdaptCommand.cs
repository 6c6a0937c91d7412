using System.CommandLine;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Phases;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>"adapt": CSPLADE's light adaptation phase.</summary>
internal static class AdaptCommand
{
    private static readonly AdaptationOptions Defaults = new();

    public static Command Create()
    {
        Option<string> from = CommonOptions.From(), output = CommonOptions.Out(), data = CommonOptions.Data(), device = CommonOptions.Device();
        var texts = CommonOptions.Texts();
        Option<int> steps = new("--steps") { Description = "Optimizer steps.", DefaultValueFactory = _ => Defaults.Steps };
        Option<int> batch = new("--batch") { Description = "Sequences a step.", DefaultValueFactory = _ => Defaults.BatchSize };
        Option<double> rate = new("--layer-rate") { Description = "Peak learning rate of the layers.", DefaultValueFactory = _ => Defaults.LayerLearningRate };
        Option<double> embeddingRate = new("--embedding-rate") { Description = "Peak learning rate of embeddings and head.", DefaultValueFactory = _ => Defaults.EmbeddingLearningRate };
        var command = new Command("adapt", "Adapts a causal LM: cross-entropy on the logits plus the same on log(1 + ReLU(logits)).")
        {
            from, output, data, texts, steps, batch, rate, embeddingRate, device,
        };
        command.SetAction((parsed, cancellation) =>
        {
            using var checkpoint = Checkpoint.Load(parsed.GetValue(from)!);
            var directory = CommonOptions.EmptyDirectory(parsed.GetValue(output)!);
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
            using (var log = new StepLog<AdaptationStep>(Path.Combine(directory, "adaptation-log.csv")))
            {
                StepProgress.Run("Adapting", options.Steps, phase.Run(cancellation),
                    step => $"loss {step.Loss:F3} saturated {step.SaturatedLoss:F3}", log.Write);
            }

            checkpoint.SaveWithTokenizer(parsed.GetValue(from)!, directory, compact: false);
            AnsiConsole.MarkupLineInterpolated($"Wrote [bold]{directory}[/].");
            return Task.FromResult(0);
        });
        return command;
    }
}
