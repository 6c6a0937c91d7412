using LuceneLsr.Tools.Benchmarks.Measurement;
using LuceneLsr.Tools.Benchmarks.Models;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Tasks;
using Spectre.Console;

namespace LuceneLsr.Tools.Benchmarks.Training;

/// <summary>
/// Prints the peak memory of the process and the time of a run's first step with large batches, whole and through the
/// <see cref="GradientCache"/>. Smaller whole batches show how memory grows.
/// </summary>
/// <param name="pairs">The number of pairs of the largest batch.</param>
/// <param name="rounds">Times the steps.</param>
internal sealed class CacheBenchmark(int pairs, Rounds rounds)
{
    private const double Gibibyte = 1L << 30;
    private const double MaxShareOfFreeMemory = 0.8;

    private readonly ContrastiveRecipe[] _recipes =
    [
        .. new[] { 4, 2, 1 }.Select(divisor => RecipeVariant.CreatePlain(pairs / divisor)),
        .. new[] { 8, 16 }.Select(divisor => RecipeVariant.CreatePlain(pairs) with { CacheChunk = pairs / divisor }),
    ];

    public void Run(BenchmarkModel model, TrainingSubject subject)
    {
        using var checkpoint = subject.Load();
        var measured = MeasureMemory(recipe => TakeStep(checkpoint, recipe, subject.Data)).ToList();
        var seconds = rounds.MeasureMedians(
            [.. measured.Select(Action (each) => () => TakeStep(checkpoint, each.Recipe, subject.Data))]);
        var table = new Table().RoundedBorder().Title($"{model.Name}: large batches")
            .AddColumns("pairs", "at once", "s", "tokens/s", "peak GiB");
        foreach (var ((recipe, memory), time) in measured.Zip(seconds))
        {
            table.AddRow(
                $"{recipe.BatchSize}", $"{GetChunk(recipe)}", $"{time:F2}",
                $"{RecipeVariant.CountTokens(recipe) / time:F0}", $"{memory?.Peak / Gibibyte:F2}");
        }

        AnsiConsole.Write(table);
    }

    // The memory that one recipe needs predicts whether the next one fits.
    private IEnumerable<(ContrastiveRecipe Recipe, ResidentMemory? Memory)> MeasureMemory(
        Action<ContrastiveRecipe> takeStep)
    {
        double? bytesPerPair = null;
        foreach (var recipe in _recipes)
        {
            var chunk = GetChunk(recipe);
            if (bytesPerPair * chunk > MaxShareOfFreeMemory * GetFreeMemory())
            {
                AnsiConsole.MarkupLineInterpolated(
                    $"Skipping {recipe.BatchSize} pairs, {chunk} encoded at once: not enough free memory.");
                continue;
            }

            var memory = ResidentMemory.Measure(() => takeStep(recipe));
            bytesPerPair = (double?)memory?.Added / chunk;
            yield return (recipe, memory);
        }
    }

    private static void TakeStep(Checkpoint checkpoint, ContrastiveRecipe recipe, string data)
    {
        using var run = new MeasuredRun(checkpoint, recipe, data);
        run.Step();
    }

    private static int GetChunk(ContrastiveRecipe recipe) => recipe.CacheChunk ?? recipe.BatchSize;

    private static long GetFreeMemory()
    {
        GC.Collect(); // refreshes the figures below
        var memory = GC.GetGCMemoryInfo();
        return memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes;
    }
}
