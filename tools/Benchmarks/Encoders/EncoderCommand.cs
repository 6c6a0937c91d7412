using System.CommandLine;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tools.Benchmarks.Measurement;
using LuceneLsr.Tools.Benchmarks.Models;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Weights;

namespace LuceneLsr.Tools.Benchmarks.Encoders;

/// <summary>The command <c>encoder</c>: times encoding with models of random weights.</summary>
internal static class EncoderCommand
{
    public static Command Create()
    {
        var shapes = ModelOptions.CreateShapes("15M", "135M");
        string[] batchNames = [.. BatchShape.All.Select(batch => batch.Name)];
        var batches = ModelOptions.CreateList(
            "--batches", "Batches to encode, as texts x tokens per text.", batchNames);
        batches.Accept(batchNames);
        var precisions = ModelOptions
            .CreateList("--precisions", "Precisions of the weights in memory.", Enum.GetValues<Precision>())
            .AcceptNamesOf<Precision[], Precision>();
        var variants = ModelOptions
            .CreateList("--variants", "Attention variants.", Enum.GetValues<AttentionVariant>())
            .AcceptNamesOf<AttentionVariant[], AttentionVariant>();
        var seconds = ModelOptions.CreateSeconds();
        var command = new Command(
            "encoder",
            "Time the encoder on models of random weights, as a share of the machine's matrix multiplication rate in "
                + "the same run. Time its head against heads that compute all logits first; weights must agree.")
        {
            shapes, precisions, variants, batches, seconds,
        };
        var threads = new ThreadsOption(command);
        command.SetWork((parsed, cancellation) =>
        {
            threads.Apply(parsed);
            var benchmark = new EncoderBenchmark(
                parsed.GetValue(precisions)!,
                parsed.GetValue(variants)!,
                [.. BatchShape.All.Where(batch => parsed.GetValue(batches)!.Contains(batch.Name))],
                new Rounds(TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancellation));
            foreach (var model in BenchmarkModel.All.Where(model => parsed.GetValue(shapes)!.Contains(model.Name)))
            {
                benchmark.Run(model);
            }
        });
        return command;
    }
}
