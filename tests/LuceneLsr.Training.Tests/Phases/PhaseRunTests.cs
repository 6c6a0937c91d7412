using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Phases;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Tests.Support;

namespace LuceneLsr.Training.Tests.Phases;

public sealed class PhaseRunTests : IDisposable
{
    private static readonly ContrastiveRecipe Recipe = TinyRecipe.Contrastive(
        new RecipeSource("numbers", PairKind.Titles, 1)) with
    {
        Steps = 6,
        SaveEvery = 2,
    };

    private readonly TemporaryFolder _folder = new();
    private readonly RunSettings _settings;

    public PhaseRunTests()
    {
        TinyRun.WriteData(_folder);
        using var start = TinyCheckpoint.Create(TextTokenizer.Load(_folder.Path));
        _settings = new(TrainingPhase.Training, start.Write(_folder, "base"), _folder.Path, "cpu");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Finished_run_leaves_checkpoint_recipe_and_log()
    {
        var directory = NewDirectory("run");
        using (var run = PhaseRun.Open(directory, _settings, Recipe))
        {
            run.Run(cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(Enumerable.Range(1, Recipe.Steps), run.ReadLog().Select(step => step.Step));
        }

        using var trained = Checkpoint.Load(directory);
        Assert.Equal(
            RecipeFile.ToJson(Recipe), File.ReadAllText(Path.Combine(directory, "training-recipe.json")));
        Assert.DoesNotContain(
            Directory.GetFileSystemEntries(directory).Select(path => Path.GetFileName(path)),
            name => name is "run.json" or "run.lock" or "snapshots");
    }

    [Fact]
    public void Canceled_run_resumes_to_weights_of_uninterrupted_run()
    {
        string whole = NewDirectory("whole"), stopped = NewDirectory("stopped");
        using (var run = PhaseRun.Open(whole, _settings, Recipe))
        {
            run.Run(cancellationToken: TestContext.Current.CancellationToken);
        }

        using (var run = PhaseRun.Open(stopped, _settings, Recipe))
        using (var source = new CancellationTokenSource())
        {
            Assert.Throws<OperationCanceledException>(() => run.Run(_ => source.Cancel(), source.Token));
            Assert.Equal(1, run.StepsTaken);
        }

        using (var run = PhaseRun.Resume(stopped))
        {
            Assert.Equal(1, run.StepsTaken);
            run.Run(cancellationToken: TestContext.Current.CancellationToken);
        }

        Assert.Equal(ReadWeights(whole), ReadWeights(stopped));
    }

    [Fact]
    public void Open_with_recipe_that_does_not_fit_its_data_leaves_directory_empty()
    {
        var directory = NewDirectory("run");
        Assert.Throws<InvalidDataException>(() => PhaseRun.Open(directory, _settings, Recipe with { BatchSize = 100 }));
        Assert.Empty(Directory.GetFileSystemEntries(directory));
    }

    [Fact]
    public void Resume_of_directory_without_unfinished_run_is_rejected()
    {
        var error = Assert.Throws<InvalidDataException>(() => PhaseRun.Resume(NewDirectory("run")));
        Assert.Contains("run.json: missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unfinished_run_in_output_directory_is_rejected()
    {
        var directory = NewDirectory("run");
        RunSettings.ThrowIfUnfinished(directory);
        File.WriteAllText(Path.Combine(directory, "run.json"), "{}");
        var error = Assert.Throws<IOException>(() => RunSettings.ThrowIfUnfinished(directory));
        Assert.StartsWith(
            $"{directory} contains an unfinished run. Resume it", error.Message, StringComparison.Ordinal);
    }

    private static byte[] ReadWeights(string directory) =>
        File.ReadAllBytes(Path.Combine(directory, Checkpoint.WeightsFileName));

    private string NewDirectory(string name) => Directory.CreateDirectory(_folder.File(name)).FullName;
}
