using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Tools.Common;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;
using LuceneLsr.Training.Tasks;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Runs;

/// <summary>A run of six steps against one that is stopped after three and goes on in a new model and task.</summary>
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
    public void A_contrastive_run_goes_on_as_if_it_had_not_been_stopped(TermPooling pooling) =>
        AssertSame(Pairs, new LsrSettings { Pooling = PerSide.Both(pooling) });

    [Fact]
    public void So_does_one_with_all_that_saves_memory() => AssertSame(
        Pairs with
        {
            Lora = TinyRecipe.Lora,
            ActivationCheckpointing = true,
            CacheChunk = 1,
            Accumulation = 2,
            Compute = ComputePrecision.BFloat16,
        },
        new LsrSettings { Variant = PerSide.Both(AttentionVariant.Bidirectional) });

    /// <summary>Of so high a rate that some entries become negative, and so weigh nothing for a while.</summary>
    [Fact]
    public void So_does_one_with_a_query_table() => AssertSame(
        Pairs with { QueryTable = new(LearningRate: 0.9), Lora = TinyRecipe.Lora }, new LsrSettings());

    [Theory]
    [InlineData(AttentionVariant.Causal)]
    [InlineData(AttentionVariant.Bidirectional)]
    public void So_does_a_language_model(AttentionVariant variant) => AssertSame(
        Texts with { Lora = TinyRecipe.Lora, Accumulation = 2 }, new LsrSettings { Variant = PerSide.Both(variant) });

    [Fact]
    public void A_snapshot_is_a_checkpoint_besides()
    {
        using var live = Open(Pairs);
        Assert.Equal(Half, live.Steps(Half).Count);
        live.Run.Save(_folder.Path, NewDirectory("snapshot"));
        using var checkpoint = Checkpoint.Load(_folder.File("snapshot"));
        Assert.Equal(live.Checkpoint.Values(), checkpoint.Values());
    }

    [Fact]
    public void The_snapshot_of_another_recipe_is_refused()
    {
        WriteSnapshot(Pairs with { Lora = TinyRecipe.Lora });
        AssertRefused(
            Pairs with { Lora = TinyRecipe.Lora with { Rank = 3 } },
            "'model.layers.0.self_attn.q_proj.lora.a' has shape [2, 32], but [3, 32] is trained.");
        AssertRefused(Pairs, "is missing");
        AssertRefused(Pairs with { Lora = TinyRecipe.Lora, QueryTable = new(0.1) }, "tensor 'task.0' is missing");
    }

    /// <summary>The snapshot is whole, and the mend is another one.</summary>
    [Fact]
    public void A_run_whose_data_have_changed_is_not_gone_on_with()
    {
        WriteSnapshot(Pairs);
        BeirFolder.WriteTitled(_folder, "numbers", TinyRun.Words.Take(4).Zip(TinyRun.Words.Skip(5)));
        using var tiny = Open(Pairs);
        Assert.StartsWith(
            "Source 'numbers/titles' has 4 pairs, but had 5 when the run began",
            Assert.Throws<InvalidOperationException>(() => tiny.Run.Load(_folder.File("snapshot"))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("trained.safetensors")]
    [InlineData("optimizer.bin")]
    [InlineData("progress.json")]
    public void A_damaged_snapshot_is_refused(string file)
    {
        WriteSnapshot(Pairs);
        var path = _folder.File($"snapshot/{file}");
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        AssertRefused(Pairs, "");
        File.Delete(path);
        AssertRefused(Pairs, file);
    }

    [Theory]
    [InlineData("""{"Steps": 1, "Position": 7}""")]
    [InlineData("""{"Steps": 1, "Position": {}}""")]
    [InlineData("""{"Steps": 1, "Position": {"Batches": 1, "Drawn": [-2, 0], "Counts": [5, 5]}}""")]
    [InlineData("""{"Steps": 1, "Position": {"Batches": 1, "Drawn": [2], "Counts": [5]}}""")]
    [InlineData("""{"Steps": -1, "Position": {"Batches": 1, "Drawn": [2, 0], "Counts": [5, 5]}}""")]
    [InlineData("""{"Steps": 7, "Position": {"Batches": 1, "Drawn": [2, 0], "Counts": [5, 5]}}""")]
    public void So_is_one_that_tells_of_progress_that_cannot_be(string progress)
    {
        WriteSnapshot(Pairs);
        File.WriteAllText(_folder.File("snapshot/progress.json"), progress);
        AssertRefused(Pairs, "");
    }

    private void AssertSame(RunRecipe recipe, LsrSettings settings)
    {
        using var whole = TinyRun.Open(_folder, recipe, settings);
        var steps = whole.Steps();
        using (var stopped = TinyRun.Open(_folder, recipe, settings))
        {
            Assert.Equal(Half, stopped.Steps(Half).Count);
            stopped.Run.Save(_folder.Path, NewDirectory("snapshot"));
        }

        using var resumed = TinyRun.Open(_folder, recipe, settings);
        manual_seed(999); // whatever the new process drew before
        resumed.Run.Load(_folder.File("snapshot"));
        Assert.Equal(Half, resumed.Run.Steps);
        var others = resumed.Steps();
        Assert.Equal(
            steps[Half..].Select(step => (step.Step, step.Source)), others.Select(step => (step.Step, step.Source)));
        Assert.Equal(steps[Half..].SelectMany(step => step.Fixed()), others.SelectMany(step => step.Fixed()));
        Assert.Equal(whole.Checkpoint.Values(), resumed.Checkpoint.Values());
        Assert.Equal(Trained(whole.Task), Trained(resumed.Task));

        static IEnumerable<float[]> Trained(ITrainingTask task) =>
            task.Parameters.Select(trained => trained.Parameter.data<float>().ToArray());
    }

    private void WriteSnapshot(ContrastiveRecipe recipe)
    {
        using var tiny = Open(recipe);
        Assert.Single(tiny.Steps(1));
        tiny.Run.Save(_folder.Path, NewDirectory("snapshot"));
    }

    private void AssertRefused(ContrastiveRecipe recipe, string reason)
    {
        using var tiny = Open(recipe);
        var message = Assert.Throws<InvalidDataException>(() => tiny.Run.Load(_folder.File("snapshot"))).Message;
        Assert.StartsWith(
            $"{_folder.File("snapshot")} is damaged, or the snapshot of another recipe: ", message,
            StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    private TinyRun Open(ContrastiveRecipe recipe) => TinyRun.Open(_folder, recipe, new LsrSettings());

    private string NewDirectory(string name) => Directory.CreateDirectory(_folder.File(name)).FullName;
}
