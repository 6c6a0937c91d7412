using System.CommandLine;
using LuceneLsr.Tools.Benchmarks.Encoders;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Benchmarks.Training;

/// <summary>"training": how fast models of random weights are trained, and in how much memory.</summary>
internal static class TrainingCommand
{
    public static Command Create()
    {
        var shapes = ModelOptions.Shapes("15M");
        var pairs = new Option<int>("--pairs")
        {
            Description = "Pairs of the largest batch, whole and by a gradient cache; others have an eighth of it.",
            DefaultValueFactory = _ => 256,
        }.Require(value => value is >= 16 and <= 65_536, "from 16 to 65536");
        var seconds = ModelOptions.Seconds();
        var command = new Command(
            "training",
            "Times steps of contrastive training on models of random weights, each way to save time or memory against "
                + "plain FP32 in the same run, a step's parts, and large batches with and without a gradient cache.")
        {
            shapes, pairs, seconds,
        };
        var threads = new ThreadsOption(command);
        command.SetWork((parsed, cancellation) =>
        {
            threads.Apply(parsed);
            var largest = parsed.GetValue(pairs);
            var rounds = new Rounds(TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancellation);
            foreach (var shape in ModelShape.All.Where(shape => parsed.GetValue(shapes)!.Contains(shape.Name)))
            {
                using var subject = new TrainingSubject(shape.Config, largest);
                new StepBenchmark(largest / 8, rounds).Run(shape, subject);
                new CacheBenchmark(largest, rounds).Run(shape, subject);
            }
        });
        return command;
    }
}
