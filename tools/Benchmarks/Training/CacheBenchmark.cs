using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Tools.Benchmarks.Encoders;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Tasks;
using Spectre.Console;

namespace LuceneLsr.Tools.Benchmarks.Training;

/// <summary>
/// Large batches, whole and by the <see cref="GradientCache"/>: the process's peak memory over the first step of a run,
/// and how long it takes. The batch is halved twice too, so that the memory's growth is seen.
/// </summary>
/// <param name="pairs">Of the largest batch.</param>
/// <param name="rounds">How often to time.</param>
internal sealed class CacheBenchmark(int pairs, Rounds rounds)
{
    private const double Gibibyte = 1L << 30;
    private const double FreeShare = 0.8; // of the memory that is free, so much may be taken

    private readonly ContrastiveRecipe[] _recipes =
    [
        .. new[] { 4, 2, 1 }.Select(share => RecipeVariant.Plain(pairs / share)),
        .. new[] { 8, 16 }.Select(share => RecipeVariant.Plain(pairs) with { CacheChunk = pairs / share }),
    ];

    public void Run(ModelShape shape, TrainingSubject subject)
    {
        using var checkpoint = subject.Load();
        var measured = Memory(recipe => Step(checkpoint, recipe, subject.Data)).ToList();
        var seconds = rounds.Medians(
            [.. measured.Select(Action (each) => () => Step(checkpoint, each.Recipe, subject.Data))]);
        var table = new Table().RoundedBorder()
            .Title($"{shape.Name}: large batches (target: 256 pairs in 6 GiB)")
            .AddColumns("pairs", "at once", "s", "tokens/s", "peak GiB");
        foreach (var ((recipe, memory), time) in measured.Zip(seconds))
        {
            table.AddRow(
                $"{recipe.BatchSize}", $"{AtOnce(recipe)}", $"{time:F1}", $"{RecipeVariant.Tokens(recipe) / time:F0}",
                $"{memory?.Peak / Gibibyte:F2}");
        }

        AnsiConsole.Write(table);
    }

    // What one recipe took tells whether the next one can be had.
    private IEnumerable<(ContrastiveRecipe Recipe, ResidentMemory? Memory)> Memory(Action<ContrastiveRecipe> step)
    {
        double? ofText = null;
        foreach (var recipe in _recipes)
        {
            if (ofText * AtOnce(recipe) > FreeShare * Free())
            {
                AnsiConsole.MarkupLineInterpolated(
                    $"{recipe.BatchSize} pairs, {AtOnce(recipe)} at once, are left out: too little memory is free.");
                continue;
            }

            var memory = ResidentMemory.Of(() => step(recipe));
            ofText = (double?)memory?.Added / AtOnce(recipe);
            yield return (recipe, memory);
        }
    }

    private static void Step(Checkpoint checkpoint, ContrastiveRecipe recipe, string data)
    {
        using var run = new MeasuredRun(checkpoint, recipe, data);
        run.Step();
    }

    private static int AtOnce(ContrastiveRecipe recipe) => recipe.CacheChunk ?? recipe.BatchSize;

    private static long Free()
    {
        GC.Collect(); // the runtime looks at the machine's memory whenever it collects
        var memory = GC.GetGCMemoryInfo();
        return memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes;
    }
}
