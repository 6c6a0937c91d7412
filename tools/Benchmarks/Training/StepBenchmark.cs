using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Tools.Benchmarks.Encoders;
using LuceneLsr.Training.Recipes;
using Spectre.Console;
using static TorchSharp.torch;

namespace LuceneLsr.Tools.Benchmarks.Training;

/// <summary>
/// How long a step takes in each variant and on what it is spent. Each variant is timed in turn with one and the same
/// run of plain FP32, so that only two models are in memory; what FP32 makes of itself is the error of the ratios.
/// </summary>
/// <param name="pairs">Of a batch.</param>
/// <param name="rounds">How often to time.</param>
internal sealed class StepBenchmark(int pairs, Rounds rounds)
{
    public void Run(ModelShape shape, TrainingSubject subject)
    {
        using var checkpoint = subject.Load();
        using var plain = new MeasuredRun(checkpoint, RecipeVariant.Plain(pairs), subject.Data);
        var speed = new Table().RoundedBorder().Title(
            $"{shape.Name}: steps of {pairs} pairs, "
            + $"{RecipeVariant.QueryTokens} tokens a query, {RecipeVariant.DocumentTokens} a document")
            .AddColumns("", "ms", "tokens/s", "of FP32's", "of limit", "MB added", "terms");
        var parts = new Table().RoundedBorder().Title("of a step")
            .AddColumns("", "decoder", "head", "loss", "optimizer", "rest");
        foreach (var step in RecipeVariant.All(pairs).Select(variant => Measure(variant, subject, plain)))
        {
            var rate = step.Variant.Flops(shape.Config) / step.Step / 1e9;
            speed.AddRow(
                step.Variant.Name, $"{step.Step * 1e3:F0}",
                $"{RecipeVariant.Tokens(step.Variant.Recipe) / step.Step:F0}", $"{step.Plain / step.Step:F2}x",
                $"{rate / step.MatmulRate:P0}", $"{step.Memory?.Added / 1e6:F0}", $"{step.Terms:F0}");
            parts.AddRow([step.Variant.Name, .. new[] { step.Decoder, step.Head, step.Loss, step.Optimizer, step.Rest }
                .Select(part => $"{part / step.Step:P1}")]);
        }

        AnsiConsole.Write(speed);
        AnsiConsole.Write(parts);
    }

    private StepMeasurement Measure(RecipeVariant variant, TrainingSubject subject, MeasuredRun plain)
    {
        using var checkpoint = subject.Load();
        using var run = new MeasuredRun(checkpoint, variant.Recipe, subject.Data);
        var terms = run.Step().Figures.First(figure => figure.Name == "document_terms").Value;
        var memory = ResidentMemory.Of(() => run.Step());
        using var parts = new StepParts(checkpoint, variant.Recipe, subject.Data);
        using var limit = new MatmulLimit(
            variant.Recipe.Compute == ComputePrecision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32);
        var medians = rounds.Medians(
        [
            () => plain.Step(), () => run.Step(), parts.Decode, parts.Encode, parts.Lose, parts.Optimize,
            .. limit.Works,
        ]);
        return new(
            variant, medians[0], medians[1], medians[2], medians[3], medians[4], medians[5],
            MatmulLimit.Rate(medians[6..]), memory, terms);
    }
}
