using System.CommandLine;
using LuceneLsr.Encoding;
using LuceneLsr.Tools.Shared;
using LuceneLsr.Torch.Checkpoints;

namespace LuceneLsr.Tools.Benchmarks.Encoders;

/// <summary>"encoder": how fast models of random weights encode.</summary>
internal static class EncoderCommand
{
    public static Command Create()
    {
        var shapes = Several("--shapes", "Models, by their parameters.", ["15M", "135M"]);
        shapes.AcceptOnlyFromAmong([.. ModelShape.All.Select(shape => shape.Name)]);
        var batches = Several(
            "--batches", "Batches, texts x tokens of each.", [.. BatchShape.All.Select(batch => batch.Size)]);
        batches.AcceptOnlyFromAmong([.. BatchShape.All.Select(batch => batch.Size)]);
        var precisions = Several("--precisions", "How models are kept in memory.", Enum.GetValues<Precision>())
            .AcceptNamesOf<Precision[], Precision>();
        var variants = Several("--variants", "How texts are fed.", Enum.GetValues<AttentionVariant>())
            .AcceptNamesOf<AttentionVariant[], AttentionVariant>();
        var seconds = new Option<double>("--seconds")
        {
            Description = "How long each batch is repeated, once at least and 20 times at most after the first.",
            DefaultValueFactory = _ => 5,
        }.Require(value => value is >= 0 and <= 3600, "from 0 to 3600");
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

    private static Option<T[]> Several<T>(string name, string description, T[] usual) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => usual,
        AllowMultipleArgumentsPerToken = true,
    };
}
