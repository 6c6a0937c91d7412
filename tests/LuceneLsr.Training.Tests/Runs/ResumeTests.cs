using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.TorchTestSupport;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;
using LuceneLsr.Training.Tasks;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Runs;

/// <summary>Compares a run of six steps with one that is resumed after three with a new model and task.</summary>
public sealed class ResumeTests : IDisposable
{
    private const int Half = 3;

    private static readonly ContrastiveRecipe Pairs = TinyRecipe.Contrastive(
        new RecipeSource("numbers", PairKind.Titles, 1),
        new RecipeSource("hard", PairKind.Titles, 1, Negatives: 2)) with
    {
        Steps = 2 * Half,
        BatchSize = 2,
        Optimizer = TinyRecipe.Optimizer with { WarmupSteps = 2, WeightDecay = 0.1 },
    };

    private static readonly LanguageModelRecipe Texts = TinyRecipe.LanguageModel with { Steps = 2 * Half };

    private readonly TemporaryFolder _folder = new();

    public ResumeTests() => TinyRun.WriteData(_folder);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TermPooling.Max)]
    [InlineData(TermPooling.Sum)]
    public void Resumed_contrastive_run_matches_uninterrupted_run(TermPooling pooling) =>
        AssertResumedRunMatches(Pairs, new LsrSettings { Pooling = PerSide.Both(pooling) });

    [Fact]
    public void Resumed_run_with_all_memory_savings_matches_uninterrupted_run() => AssertResumedRunMatches(
        Pairs with
        {
            Lora = TinyRecipe.Lora,
            ActivationCheckpointing = true,
            CacheChunk = 1,
            Accumulation = 2,
            Compute = ComputePrecision.BFloat16,
        },
        new LsrSettings { Variant = PerSide.Both(AttentionVariant.Bidirectional) });

    /// <summary>The high rate makes some entries negative, so that their weights are zero for some steps.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Resumed_run_with_query_table_matches_uninterrupted_run(bool withModel) => AssertResumedRunMatches(
        Pairs with { QueryTable = new(LearningRate: 0.9, withModel), Lora = TinyRecipe.Lora }, new LsrSettings());

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    public void Resumed_run_with_teachers_matches_uninterrupted_run(int? frozenLayers)
    {
        VectorFiles.Write(
            _folder.File("teacher"), "part",
            [.. TinyRun.EnumerateTexts().Select((text, index) => (
                text.Text, text.Side, new[] { MathF.Cos(index), MathF.Sin(index) }))]);
        AssertResumedRunMatches(
            Pairs with
            {
                Optimizer = Pairs.Optimizer with { FrozenLayers = frozenLayers, HeadBiasLearningRate = 0.03 },
                Losses = [new(LossKind.InfoNce, 0.3), new(LossKind.InBatchKl), new(LossKind.InBatchMarginMse, 0.1)],
                Teachers = [new(TeacherKind.Vectors, "teacher", 2), new(TeacherKind.Bm25)],
                CacheChunk = 1,
                Accumulation = 2,
            },
            new LsrSettings());
    }

    [Theory]
    [InlineData(AttentionVariant.Causal)]
    [InlineData(AttentionVariant.Bidirectional)]
    public void Resumed_language_model_run_matches_uninterrupted_run(AttentionVariant variant) =>
        AssertResumedRunMatches(
            Texts with { Lora = TinyRecipe.Lora, Accumulation = 2 },
            new LsrSettings { Variant = PerSide.Both(variant) });

    [Fact]
    public void Snapshot_is_a_loadable_checkpoint()
    {
        using var live = Open(Pairs);
        Assert.Equal(Half, live.Steps(Half).Count);
        live.Run.SaveSnapshot(_folder.File("start"), NewDirectory("snapshot"));
        using var checkpoint = Checkpoint.Load(_folder.File("snapshot"));
        Assert.Equal(live.Checkpoint.Model.GetValues(), checkpoint.Model.GetValues());
    }

    [Fact]
    public void Snapshot_of_another_recipe_is_rejected()
    {
        const string Parameters = "trained.safetensors";
        WriteSnapshot(Pairs with { Lora = TinyRecipe.Lora });
        AssertRejected(
            Pairs with { Lora = TinyRecipe.Lora with { Rank = 3 } }, Parameters,
            "'model.layers.0.self_attn.q_proj.lora.a' has shape [2, 32], but the run trains shape [3, 32].");
        AssertRejected(Pairs, Parameters, "is missing");
        AssertRejected(
            Pairs with { Lora = TinyRecipe.Lora, QueryTable = new(0.1) }, Parameters, "tensor 'task.0' is missing");
    }

    [Fact]
    public void Snapshot_is_rejected_if_data_has_changed()
    {
        WriteSnapshot(Pairs);
        BeirFolder.WriteTitled(_folder, "numbers", TinyRun.Words.Take(4).Zip(TinyRun.Words.Skip(5)));
        using var tiny = Open(Pairs);
        Assert.StartsWith(
            "Source 'numbers/titles' has 4 pairs, but had 5 when the run started",
            Assert.Throws<InvalidOperationException>(() => tiny.Run.LoadSnapshot(_folder.File("snapshot"))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("trained.safetensors")]
    [InlineData("optimizer.safetensors")]
    [InlineData("progress.json")]
    public void Snapshot_with_truncated_file_is_rejected_by_file_name(string file)
    {
        WriteSnapshot(Pairs);
        var path = _folder.File($"snapshot/{file}");
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        AssertRejected(Pairs, file);
    }

    [Theory]
    [InlineData("trained.safetensors")]
    [InlineData("optimizer.safetensors")]
    [InlineData("progress.json")]
    public void Snapshot_with_missing_file_is_rejected_by_file_name(string file)
    {
        WriteSnapshot(Pairs);
        File.Delete(_folder.File($"snapshot/{file}"));
        AssertRejected(Pairs, file);
    }

    [Theory]
    [InlineData("""{"Steps": 1, "Position": 7}""", "could not be converted")]
    [InlineData("""{"Steps": 1, "Position": {}}""", "missing required properties")]
    [InlineData("""{"Steps": 1, "Position": {"Batches": 1, "Drawn": [-2, 0], "Counts": [5, 5]}}""", "[-2,0]")]
    [InlineData("""{"Steps": 1, "Position": {"Batches": 1, "Drawn": [2], "Counts": [5]}}""", "[2]")]
    [InlineData(
        """{"Steps": 1, "Position": {"Batches": 1, "Drawn": [9223372036854775807, 0], "Counts": [5, 5]}}""",
        "[9223372036854775807,0]")]
    [InlineData("""{"Steps": 1, "Position": {"\ud800": 1}}""", "corrupt")]
    [InlineData("""{"Steps": 1, "Position": "\ud800"}""", "corrupt")]
    [InlineData(
        """{"Steps": -1, "Position": {"Batches": 1, "Drawn": [2, 0], "Counts": [5, 5]}}""",
        "step -1 is not between 0 and 6")]
    [InlineData(
        """{"Steps": 7, "Position": {"Batches": 1, "Drawn": [2, 0], "Counts": [5, 5]}}""",
        "step 7 is not between 0 and 6")]
    public void Snapshot_with_impossible_progress_is_rejected(string progress, string reason)
    {
        WriteSnapshot(Pairs);
        File.WriteAllText(_folder.File("snapshot/progress.json"), progress);
        AssertRejected(Pairs, "progress.json", reason);
    }

    private void AssertResumedRunMatches(RunRecipe recipe, LsrSettings settings)
    {
        using var whole = TinyRun.Open(_folder, recipe, settings);
        var steps = whole.Steps();
        using (var stopped = TinyRun.Open(_folder, recipe, settings))
        {
            Assert.Equal(Half, stopped.Steps(Half).Count);
            stopped.Run.SaveSnapshot(_folder.File("start"), NewDirectory("snapshot"));
        }

        using var resumed = TinyRun.Open(_folder, recipe, settings);
        manual_seed(999); // a new process has another generator state
        resumed.Run.LoadSnapshot(_folder.File("snapshot"));
        Assert.Equal(Half, resumed.Run.StepsTaken);
        var others = resumed.Steps();
        Assert.Equal(
            steps[Half..].Select(step => (step.Step, step.Source)), others.Select(step => (step.Step, step.Source)));
        Assert.Equal(
            steps[Half..].SelectMany(step => step.GetReproducibleFigures()),
            others.SelectMany(step => step.GetReproducibleFigures()));
        Assert.Equal(whole.Checkpoint.Model.GetValues(), resumed.Checkpoint.Model.GetValues());
        Assert.Equal(Trained(whole.Task), Trained(resumed.Task));

        static IEnumerable<float[]> Trained(ITrainingTask task) =>
            task.Parameters.Select(trained => trained.Parameter.data<float>().ToArray());
    }

    private void WriteSnapshot(ContrastiveRecipe recipe)
    {
        using var tiny = Open(recipe);
        Assert.Single(tiny.Steps(1));
        tiny.Run.SaveSnapshot(_folder.File("start"), NewDirectory("snapshot"));
    }

    private void AssertRejected(ContrastiveRecipe recipe, string file, string? reason = null)
    {
        using var tiny = Open(recipe);
        var message = Assert.Throws<InvalidDataException>(
            () => tiny.Run.LoadSnapshot(_folder.File("snapshot"))).Message;
        Assert.StartsWith(
            $"{_folder.File("snapshot")}/{file}: corrupt, or written for another recipe: ", message,
            StringComparison.Ordinal);
        if (reason is not null)
        {
            Assert.Contains(reason, message, StringComparison.Ordinal);
        }
    }

    private TinyRun Open(ContrastiveRecipe recipe) => TinyRun.Open(_folder, recipe, new LsrSettings());

    private string NewDirectory(string name) => Directory.CreateDirectory(_folder.File(name)).FullName;
}
