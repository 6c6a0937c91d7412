using LuceneLsr.Tools.Benchmarks.Measurement;
using LuceneLsr.Tools.Benchmarks.Models;
using LuceneLsr.Training.Recipes;
using Spectre.Console;
using static TorchSharp.torch;

namespace LuceneLsr.Tools.Benchmarks.Training;

/// <summary>
/// Prints the time of a training step in each variant, and of its parts. Each variant alternates with the same plain
/// FP32 run, so that only two models are in memory at once. The FP32 variant shows the error: its ratio should be 1.
/// </summary>
/// <param name="pairs">The number of pairs per batch.</param>
/// <param name="rounds">Times the steps.</param>
internal sealed class StepBenchmark(int pairs, Rounds rounds)
{
    public void Run(BenchmarkModel model, TrainingSubject subject)
    {
        using var checkpoint = subject.Load();
        using var plain = new MeasuredRun(checkpoint, RecipeVariant.CreatePlain(pairs), subject.Data);
        StepMeasurement[] steps =
            [.. RecipeVariant.CreateAll(pairs).Select(variant => Measure(variant, subject, plain))];
        WriteSpeed(model, steps);
        WriteParts(steps);
    }

    private void WriteSpeed(BenchmarkModel model, IEnumerable<StepMeasurement> steps)
    {
        var table = new Table().RoundedBorder().Title(
            $"{model.Name}: steps of {pairs} pairs, "
            + $"{RecipeVariant.QueryTokens} tokens per query, {RecipeVariant.DocumentTokens} per document")
            .AddColumns("", "ms", "tokens/s", "speed-up", "of limit", "MB added", "terms");
        foreach (var step in steps)
        {
            var rate = step.Variant.CountFlops(model.Config) / step.Step / 1e9;
            table.AddRow(
                step.Variant.Name, $"{step.Step * 1e3:F0}",
                $"{RecipeVariant.CountTokens(step.Variant.Recipe) / step.Step:F0}", $"{step.Plain / step.Step:F2}x",
                $"{rate / step.MatmulRate:P0}", $"{step.Memory?.Added / 1e6:F0}", $"{step.Terms:F0}");
        }

        AnsiConsole.Write(table);
    }

    private static void WriteParts(IReadOnlyList<StepMeasurement> steps)
    {
        var table = new Table().RoundedBorder().Title("Parts of a step")
            .AddColumns(["", .. steps[0].Parts.Select(part => part.Name)])
            .Caption("other: sampling and tokenizing, and the error of timing parts apart from the step");
        foreach (var step in steps)
        {
            table.AddRow([step.Variant.Name, .. step.Parts.Select(part => $"{part.Seconds / step.Step:P1}")]);
        }

        AnsiConsole.Write(table);
    }

    private StepMeasurement Measure(RecipeVariant variant, TrainingSubject subject, MeasuredRun plain)
    {
        using var checkpoint = subject.Load();
        using var run = new MeasuredRun(checkpoint, variant.Recipe, subject.Data);
        var terms = run.Step().Figures.First(figure => figure.Name == "document_terms").Value;
        var memory = ResidentMemory.Measure(() => run.Step());
        using var parts = new StepParts(checkpoint, variant.Recipe, subject.Data);
        using var limit = new MatmulLimit(
            variant.Recipe.Compute == ComputePrecision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32);
        var medians = rounds.MeasureMedians(
        [
            () => plain.Step(), () => run.Step(),
            parts.RunDecoder, parts.RunEncoder, parts.RunLosses, parts.RunOptimizer,
            .. limit.Works,
        ]);
        return new(
            variant, medians[0], medians[1], medians[2], medians[3], medians[4], medians[5],
            MatmulLimit.ComputeRate(medians[6..]), memory, terms);
    }
}
