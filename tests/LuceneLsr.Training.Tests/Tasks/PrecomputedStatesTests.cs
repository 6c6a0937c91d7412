using LuceneLsr.Files;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Models;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;
using LuceneLsr.Training.Teachers;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Tasks;

public sealed class PrecomputedStatesTests : IDisposable
{
    private const int Layers = 2;

    private static readonly string[] Queries = ["cat", "dogs sing", "bird", "cats sleep"];
    private static readonly string[] Documents = ["cats sleep!", "a dog sings", "birds sing, whale", "cat"];

    private static readonly ContrastiveRecipe Computed =
        TinyRecipe.Contrastive(new RecipeSource("animals", PairKind.Titles, 1)) with
        {
            Steps = 5,
            Optimizer = TinyRecipe.Optimizer with { FrozenLayers = Layers },
            Regularizers = TinyRecipe.OnBothSides(RegularizerKind.Flops, weight: 0.01, rampSteps: 10),
        };

    private static readonly ContrastiveRecipe Precomputed = Computed with { States = "states" };

    private readonly TemporaryFolder _folder = new();

    public PrecomputedStatesTests()
    {
        BeirFolder.WriteTitled(_folder, "animals", Queries.Zip(Documents));
        TinySentenceEncoder.Write(_folder.File("source"));
        // A logit of the passages is 0 for each term, and rounding would decide there. So they are not the documents.
        SemanticModel.Create(
            _folder.File("source"), Documents.Select(text => text + " !"), new() { MinPassages = 1, Density = 0.5 },
            _folder.File("start"), _ => { }, TestContext.Current.CancellationToken);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The states of the sentence encoder are those of the checkpoint that was made of it.</summary>
    [Theory]
    [InlineData("start", null)]
    [InlineData("source", null)]
    [InlineData("start", 3)]
    public void Steps_with_precomputed_states_match_steps_that_compute_them(string encoder, int? chunk)
    {
        Teach(encoder);
        using var expected = Checkpoint.Load(_folder.File("start"));
        using var actual = Checkpoint.Load(_folder.File("start"));
        var expectedSteps = Run(expected, Computed with { CacheChunk = chunk });
        var actualSteps = Run(actual, Precomputed with { CacheChunk = chunk });
        Assert.NotEqual(expectedSteps[0].Figure("info_nce"), expectedSteps[^1].Figure("info_nce"), 1e-3);
        Assert.All(expectedSteps.Zip(actualSteps), pair =>
        {
            Assert.Equal(pair.First.Figure("info_nce"), pair.Second.Figure("info_nce"), 0.01);
            Assert.Equal(pair.First.Figure("flops_document"), pair.Second.Figure("flops_document"), 0.01);
        });
        Assert.True(actual.Model.HeadWeight.allclose(expected.Model.HeadWeight, rtol: 0, atol: 0.01));
    }

    [Fact]
    public void States_of_other_model_are_rejected()
    {
        TinySentenceEncoder.Write(_folder.File("other"), seed: 2);
        Teach("other");
        AssertRejected(Precomputed, "states: the vectors are not the mean states of this model (median cosine");
    }

    [Fact]
    public void States_of_other_size_are_rejected()
    {
        VectorFiles.Write(_folder.File("states"), "part",
        [
            .. Queries.Select(text => (text, TextSide.Query, new[] { 1f, 0 })),
            .. Documents.Select(text => (text, TextSide.Document, new[] { 1f, 0 })),
        ]);
        AssertRejected(Precomputed, "states: the vectors are not the mean states of this model");
    }

    [Fact]
    public void Missing_states_are_rejected() =>
        AssertRejected(Precomputed, "states: has no vector of the query '");

    [Fact]
    public void States_with_trained_layer_are_rejected() => AssertRejected(
        Precomputed with { Optimizer = TinyRecipe.Optimizer with { FrozenLayers = 1 } },
        "states needs optimizer.frozen_layers 2, because the model has 2 layers");

    [Fact]
    public void States_with_lora_are_rejected() => AssertRejected(
        Precomputed with { Lora = new() { Rank = 2, Alpha = 2 } }, "states trains the head alone");

    [Fact]
    public void States_for_checkpoint_with_max_pooling_are_rejected()
    {
        using var checkpoint = Checkpoint.Load(_folder.File("start"));
        using var max = checkpoint.WithSettings(
            checkpoint.Settings with { Pooling = PerSide.Both(TermPooling.Max) });
        Assert.StartsWith("states needs a checkpoint with mean pooling", Assert.Throws<InvalidDataException>(
            () => Run(max, Precomputed)).Message, StringComparison.Ordinal);
    }

    private static DenseEncoderOptions Options { get; } = new() { MaxTokens = 16 };

    private void Teach(string encoder)
    {
        using var dense = TorchDenseEncoder.Load(_folder.File(encoder), Options);
        new TeacherVectorsWriter(dense, VectorFiles.Teacher, _folder.File("states"), Shard.Whole)
            .Write(Computed, _folder.Path, cancellationToken: TestContext.Current.CancellationToken);
    }

    private void AssertRejected(ContrastiveRecipe recipe, string message)
    {
        using var checkpoint = Checkpoint.Load(_folder.File("start"));
        Assert.Contains(
            message, Assert.Throws<InvalidDataException>(() => Run(checkpoint, recipe)).Message,
            StringComparison.Ordinal);
    }

    private List<TrainingStep> Run(Checkpoint checkpoint, ContrastiveRecipe recipe)
    {
        using var run = TrainingRun.Open(checkpoint, recipe, _folder.Path, CPU);
        return [.. run.TakeSteps(TestContext.Current.CancellationToken)];
    }
}
