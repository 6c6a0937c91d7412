using LuceneLsr.Evaluation.Runs;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;
using LuceneLsr.Training.Tasks;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Support;

/// <summary>A reproducible run of a model with two small layers on ten words.</summary>
internal sealed class TinyRun : IDisposable
{
    private TinyRun(Checkpoint checkpoint, RunRecipe recipe, ITrainingTask task, Device device)
    {
        (Checkpoint, Task) = (checkpoint, task);
        Run = new TrainingRun(checkpoint, recipe, task, device);
    }

    public static IReadOnlyList<string> Words { get; } =
        ["eins", "zwei", "drei", "vier", "fünf", "one", "two", "three", "four", "five"];

    private static IEnumerable<(string, string)> Pairs => Words.Take(5).Zip(Words.Skip(5));

    private static IEnumerable<(string, string)> HardPairs =>
        Pairs.Select(pair => (pair.Item1, $"{pair.Item1} {pair.Item2} {Words[0]}"));

    public Checkpoint Checkpoint { get; }

    public ITrainingTask Task { get; }

    public TrainingRun Run { get; }

    /// <summary>Writes the tokenizer and the collections "numbers" and "hard", whose texts are similar.</summary>
    public static void WriteData(TemporaryFolder folder)
    {
        BeirFolder.WriteTitled(folder, "numbers", Pairs);
        BeirFolder.WriteTitled(folder, "hard", HardPairs);
        WordTokenizer.Write(folder.Path, [.. Words]);
    }

    /// <summary>Gets the distinct texts of both collections.</summary>
    public static IEnumerable<(string Text, TextSide Side)> EnumerateTexts() => Pairs.Concat(HardPairs)
        .SelectMany(pair => new[] { (pair.Item1, TextSide.Query), (pair.Item2, TextSide.Document) }).Distinct();

    /// <summary>Starts a run on the data of a folder.</summary>
    public static TinyRun Open(TemporaryFolder folder, RunRecipe recipe, LsrSettings settings, Device? device = null)
    {
        using var start = TinyCheckpoint.Create(TextTokenizer.Load(folder.Path), settings: settings, layers: 2);
        var target = device ?? CPU;
        var checkpoint = Checkpoint.Load(start.Write(folder, "start"), device: target);
        if (recipe is ContrastiveRecipe pairs)
        {
            return new(checkpoint, recipe, new ContrastiveTask(checkpoint, pairs, folder.Path, target), target);
        }

        var texts = new LanguageModelTask(
            checkpoint, (LanguageModelRecipe)recipe, () => Words.Select(word => $"{word} {Words[0]} {word}"), target);
        return new(checkpoint, recipe, texts, target);
    }

    /// <summary>Takes a number of steps; by default all remaining ones.</summary>
    public List<TrainingStep> Steps(int count = int.MaxValue) =>
        [.. Run.TakeSteps(TestContext.Current.CancellationToken).Take(count)];

    public void Dispose()
    {
        Run.Dispose();
        Checkpoint.Dispose();
    }
}
