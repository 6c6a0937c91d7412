using System.CommandLine;
using LuceneLsr.Tools.Benchmarks.Measurement;
using LuceneLsr.Tools.Benchmarks.Models;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Benchmarks.Training;

/// <summary>The command <c>training</c>: times contrastive training with models of random weights.</summary>
internal static class TrainingCommand
{
    private const int StepBatchDivisor = 8;

    public static Command Create()
    {
        var shapes = ModelOptions.CreateShapes("15M");
        var pairs = new Option<int>("--pairs")
        {
            Description = "Pairs of the largest batch, measured with and without a gradient cache. "
                + "Single steps are measured with an eighth of it.",
            DefaultValueFactory = _ => 256,
        }.Require(value => value is >= 16 and <= 65_536, "from 16 to 65536");
        var seconds = ModelOptions.CreateSeconds();
        var command = new Command(
            "training",
            "Time steps of contrastive training on models of random weights: each way to save time or memory against "
                + "plain FP32 in the same run, the parts of a step, and large batches with and without a gradient "
                + "cache.")
        {
            shapes, pairs, seconds,
        };
        var threads = new ThreadsOption(command);
        command.SetWork((parsed, cancellation) =>
        {
            threads.Apply(parsed);
            var largest = parsed.GetValue(pairs);
            var rounds = new Rounds(TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancellation);
            foreach (var model in BenchmarkModel.All.Where(model => parsed.GetValue(shapes)!.Contains(model.Name)))
            {
                using var subject = new TrainingSubject(model.Config, largest);
                new StepBenchmark(largest / StepBatchDivisor, rounds).Run(model, subject);
                new CacheBenchmark(largest, rounds).Run(model, subject);
            }
        });
        return command;
    }
}
