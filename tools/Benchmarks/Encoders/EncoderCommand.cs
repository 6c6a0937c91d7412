using System.CommandLine;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Weights;

namespace LuceneLsr.Tools.Benchmarks.Encoders;

/// <summary>"encoder": how fast models of random weights encode.</summary>
internal static class EncoderCommand
{
    public static Command Create()
    {
        var shapes = ModelOptions.Shapes("15M", "135M");
        var batches = ModelOptions.Several(
            "--batches", "Batches, texts x tokens of each.", [.. BatchShape.All.Select(batch => batch.Size)]);
        batches.AcceptOnlyFromAmong([.. BatchShape.All.Select(batch => batch.Size)]);
        var precisions = ModelOptions
            .Several("--precisions", "How models are kept in memory.", Enum.GetValues<Precision>())
            .AcceptNamesOf<Precision[], Precision>();
        var variants = ModelOptions.Several("--variants", "How texts are fed.", Enum.GetValues<AttentionVariant>())
            .AcceptNamesOf<AttentionVariant[], AttentionVariant>();
        var seconds = ModelOptions.Seconds();
        var command = new Command(
            "encoder",
            "Times the encoder on models of random weights, as a share of what the machine multiplies in the same run, "
                + "and its head against one that makes all logits first, which must give the same weights.")
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
                [.. BatchShape.All.Where(batch => parsed.GetValue(batches)!.Contains(batch.Size))],
                new Rounds(TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancellation));
            foreach (var shape in ModelShape.All.Where(shape => parsed.GetValue(shapes)!.Contains(shape.Name)))
            {
                benchmark.Run(shape);
            }
        });
        return command;
    }
}
