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

/// <summary>A run of a model of two small layers on ten words, the same from its start each time.</summary>
internal sealed class TinyRun : IDisposable
{
    private readonly IDisposable[] _parts;

    private TinyRun(Checkpoint checkpoint, RunRecipe recipe, ITrainingTask task, Device device, IDisposable[] parts)
    {
        (Checkpoint, Task, _parts) = (checkpoint, task, parts);
        Run = new TrainingRun(checkpoint, recipe, task, device);
    }

    public static IReadOnlyList<string> Words { get; } =
        ["eins", "zwei", "drei", "vier", "fünf", "one", "two", "three", "four", "five"];

    public Checkpoint Checkpoint { get; }

    public ITrainingTask Task { get; }

    public TrainingRun Run { get; }

    /// <summary>Writes the tokenizer and the collections "numbers" and, with texts that are alike, "hard".</summary>
    public static void WriteData(TemporaryFolder folder)
    {
        var pairs = Words.Take(5).Zip(Words.Skip(5)).ToArray();
        BeirFolder.WriteTitled(folder, "numbers", pairs);
        BeirFolder.WriteTitled(
            folder, "hard", pairs.Select(pair => (pair.First, $"{pair.First} {pair.Second} {Words[0]}")));
        WordTokenizer.Write(folder.Path, [.. Words]);
    }

    /// <summary>Begins a run in the data's folder.</summary>
    public static TinyRun Open(TemporaryFolder folder, RunRecipe recipe, LsrSettings settings, Device? device = null)
    {
        using var start = TinyCheckpoint.Create(TextTokenizer.Load(folder.Path), settings: settings, layers: 2);
        var place = device ?? CPU;
        var checkpoint = Checkpoint.Load(start.Write(folder, "start"), device: place);
        if (recipe is ContrastiveRecipe pairs)
        {
            var sampler = new BatchSampler(pairs, folder.Path);
            var task = new ContrastiveTask(checkpoint, pairs, sampler, place);
            return new(checkpoint, recipe, task, place, [task, sampler, checkpoint]);
        }

        var texts = new LanguageModelTask(
            checkpoint, (LanguageModelRecipe)recipe, () => Words.Select(word => $"{word} {Words[0]} {word}"), place);
        return new(checkpoint, recipe, texts, place, [texts, checkpoint]);
    }

    /// <summary>Takes steps, all that are left by default.</summary>
    public List<TrainingStep> Steps(int count = int.MaxValue) =>
        [.. Run.Run(TestContext.Current.CancellationToken).Take(count)];

    public void Dispose()
    {
        Run.Dispose();
        foreach (var part in _parts)
        {
            part.Dispose();
        }
    }
}
