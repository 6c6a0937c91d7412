using System.Text.Json.Nodes;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.TestSupport;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.TorchTestSupport;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Losses;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;
using LuceneLsr.Training.Tasks;
using LuceneLsr.Training.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Runs;

public sealed class TrainingRunTests : IDisposable
{
    private static readonly string[] Words = ["eins", "zwei", "drei", "vier", "one", "two", "three", "four"];

    private static readonly ContrastiveRecipe Recipe =
        TinyRecipe.Contrastive(new RecipeSource("numbers", PairKind.Titles, 1)) with { BatchSize = 2 };

    private readonly TemporaryFolder _folder = new();
    private readonly Checkpoint _checkpoint;

    public TrainingRunTests()
    {
        BeirFolder.WriteTitled(_folder, "numbers", Words[..4].Zip(Words[4..]));
        _checkpoint = TinyCheckpoint.Create(WordTokenizer.Write(_folder.Path, Words));
    }

    public void Dispose()
    {
        _checkpoint.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Step_with_accumulation_uses_mean_gradient_of_its_batches()
    {
        var recipe = Recipe with
        {
            Steps = 1,
            Accumulation = 2,
            Optimizer = Recipe.Optimizer with { GradientClip = 1e9 },
        };
        using var summed = TinyCheckpoint.Create(_checkpoint.Tokenizer);
        using var task = new ContrastiveTask(summed, recipe, _folder.Path, CPU);
        task.AccumulateGradient(step: 0, lossScale: 1);
        task.AccumulateGradient(step: 0, lossScale: 1);
        Run(_checkpoint, recipe);
        Near.Equal(
            summed.Model.GetGradients()
                .ToDictionary(pair => pair.Key, pair => pair.Value.Select(value => value / 2).ToArray()),
            _checkpoint.Model.GetGradients());
    }

    [Fact]
    public void Step_with_accumulation_reports_mean_figures_and_all_sources()
    {
        var task = new CountingTask();
        using var run = new TrainingRun(_checkpoint, Recipe with { Steps = 1, Accumulation = 4 }, task, CPU);
        var step = run.TakeSteps(TestContext.Current.CancellationToken).Single();
        Assert.Equal("odd+even", step.Source);
        Assert.Equal(2.5, step.Figure("number"));
        Assert.Equal(4, step.Figures.Count(figure => figure.Name is "gradient_norm" or "learning_rate" or "seconds"
            or "tokens_per_second"));
        Assert.Equal(10 / step.Figure("seconds"), step.Figure("tokens_per_second"), 1e-3);
        Assert.All(task.LossScales, scale => Assert.Equal(0.25, scale));
    }

    [Fact]
    public void Figure_that_is_nan_in_some_batches_is_averaged_over_the_others()
    {
        using var run = new TrainingRun(
            _checkpoint, Recipe with { Steps = 1, Accumulation = 4 }, new CountingTask(), CPU);
        var step = run.TakeSteps(TestContext.Current.CancellationToken).Single();
        Assert.Equal((2 + 4) / 2.0, step.Figure("even_number"));
        Assert.Equal(double.NaN, step.Figure("never"));
    }

    [Fact]
    public void Random_numbers_of_each_step_depend_only_on_seed_and_step()
    {
        Assert.Equal(Drawn(Recipe), Drawn(Recipe));
        Assert.Equal(Recipe.Steps, Drawn(Recipe).Distinct().Count());
        Assert.Empty(Drawn(Recipe).Intersect(Drawn(Recipe with { Seed = 2 })));

        List<double> Drawn(ContrastiveRecipe recipe)
        {
            using var run = new TrainingRun(_checkpoint, recipe, new CountingTask(), CPU);
            return [.. run.TakeSteps(TestContext.Current.CancellationToken).Select(step => step.Figure("drawn"))];
        }
    }

    [Fact]
    public void Cancellation_is_checked_before_each_step()
    {
        using var source = new CancellationTokenSource();
        using var run = new TrainingRun(_checkpoint, Recipe, new CountingTask(), CPU);
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (var _ in run.TakeSteps(source.Token))
            {
                source.Cancel();
            }
        });
        Assert.Equal(1, run.StepsTaken);
    }

    [Fact]
    public void Run_with_lora_keeps_weights_and_saves_merged_checkpoint()
    {
        var before = _checkpoint.Model.GetValues();
        var recipe = Recipe with { Lora = TinyRecipe.Lora };
        var saved = _folder.File("saved");
        using var run = TrainingRun.Open(_checkpoint, recipe, _folder.Path, CPU);
        Assert.Equal(recipe.Steps, run.TakeSteps(TestContext.Current.CancellationToken).Count());
        run.SaveCheckpoint(_checkpoint.Write(_folder, "start"), saved);
        Assert.All(before, pair => Assert.Equal(pair.Value, _checkpoint.Model.GetValues(pair.Key)));

        _checkpoint.Model.eval();
        using var again = Checkpoint.Load(saved);
        Assert.Equal(before.Keys.Order(), again.Model.GetValues().Keys.Order());
        Assert.NotEqual(before["model.layers.0.self_attn.q_proj.weight"],
            again.Model.GetValues("model.layers.0.self_attn.q_proj.weight"));
        var tokens = _checkpoint.Tokenizer.Encode("eins two three");
        Assert.All(
            DenseArithmetic.Logits(_checkpoint, tokens).Zip(DenseArithmetic.Logits(again, tokens)),
            position => Assert.All(
                position.First.Zip(position.Second), logit => Assert.Equal(logit.First, logit.Second, 1e-5)));
    }

    [Fact]
    public void Run_with_lora_on_unknown_projection_is_rejected() => Assert.StartsWith(
        "The layers have no projection 'query'",
        Assert.Throws<ArgumentException>(() => Run(
            _checkpoint, Recipe with { Lora = TinyRecipe.Lora with { TargetModules = ["query"] } })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Run_in_bf16_learns_similarly_and_keeps_parameters_in_f32()
    {
        using var whole = TinyCheckpoint.Create(_checkpoint.Tokenizer);
        var recipe = Recipe with { Steps = 20 };
        var expected = Run(whole, recipe);
        var steps = Run(_checkpoint, recipe with { Compute = ComputePrecision.BFloat16 });
        Assert.NotEqual(expected[0].Figure("info_nce"), steps[0].Figure("info_nce"));
        Assert.All(expected.Zip(steps), pair =>
            Assert.Equal(pair.First.Figure("info_nce"), pair.Second.Figure("info_nce"), 0.1));
        Assert.All(_checkpoint.Model.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Frozen_layers_and_embeddings_have_no_gradient_and_do_not_change(bool savesMemory)
    {
        using var model = TinyCheckpoint.Create(_checkpoint.Tokenizer, layers: 2);
        var before = model.Model.GetValues();
        Run(model, Recipe with
        {
            Steps = 2,
            ActivationCheckpointing = savesMemory,
            Optimizer = Recipe.Optimizer with { FrozenLayers = 1 },
        });
        string[] frozen = [.. before.Keys.Where(name =>
            name.StartsWith("model.layers.0.", StringComparison.Ordinal) || name == "model.embed_tokens.weight")];
        Assert.Equal(10, frozen.Length);
        Assert.Equal(before.Keys.Except(frozen), model.Model.GetGradients().Keys);
        Assert.All(model.Model.GetValues(), parameter => Assert.Equal(
            frozen.Contains(parameter.Key), parameter.Value.SequenceEqual(before[parameter.Key])));
    }

    /// <summary>A frozen layer keeps nothing for the backward pass, so its output needs no gradient.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Hidden_states_of_frozen_layers_need_no_gradient(bool recomputes)
    {
        using var scope = NewDisposeScope();
        var model = _checkpoint.Model;
        model.train();
        model.RecomputesActivations = recomputes;
        model.Freeze(layers: 1);
        model.get_parameter("model.norm.weight")!.requires_grad = false;
        using var batch = _checkpoint.CreateBatch([[1, 2]], TextSide.Document, CPU);
        Assert.False(model.forward(batch).requires_grad);
    }

    [Fact]
    public void More_frozen_layers_than_the_model_has_are_rejected() => Assert.Equal(
        "The model has only 1 layers to freeze, not 2.",
        Assert.Throws<ArgumentException>(() => Run(
            _checkpoint, Recipe with { Optimizer = Recipe.Optimizer with { FrozenLayers = 2 } })).Message);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Steps_leak_no_tensors(bool savesMemory)
    {
        var recipe = Recipe with
        {
            Steps = 30,
            CacheChunk = savesMemory ? 1 : null,
            ActivationCheckpointing = savesMemory,
            Lora = savesMemory ? TinyRecipe.Lora : null,
            Regularizers = TinyRecipe.OnBothSides(RegularizerKind.DfFlops, weight: 0),
            TopTerms = new(3, 3),
            Losses = [new(LossKind.InBatchKl), new(LossKind.InBatchMarginMse)],
            Teachers = [new(TeacherKind.Vectors, "teacher"), new(TeacherKind.Bm25)],
        };
        VectorFiles.Write(
            _folder.File("teacher"), "part",
            [.. Words.Select((word, index) => (
                word, index < 4 ? TextSide.Query : TextSide.Document, new[] { MathF.Cos(index), MathF.Sin(index) }))]);
        using var run = TrainingRun.Open(_checkpoint, recipe, _folder.Path, CPU);
        var live = run.TakeSteps(TestContext.Current.CancellationToken)
            .Select(_ => DisposeScopeManager.Statistics.ThreadTotalLiveCount).ToList();
        Assert.Equal(live[1], live[^1]);
    }

    private List<TrainingStep> Run(Checkpoint checkpoint, ContrastiveRecipe recipe)
    {
        using var run = TrainingRun.Open(checkpoint, recipe, _folder.Path, CPU);
        return [.. run.TakeSteps(TestContext.Current.CancellationToken)];
    }

    /// <summary>Batch n reports n tokens; one figure is NaN in odd batches, another in all.</summary>
    private sealed class CountingTask : ITrainingTask
    {
        public JsonNode Position { get; set; } = 0;

        public IReadOnlyList<(Parameter Parameter, double PeakRate)> Parameters => [];

        public List<double> LossScales { get; } = [];

        public BatchResult AccumulateGradient(int step, double lossScale)
        {
            LossScales.Add(lossScale);
            var number = LossScales.Count;
            var isEven = number % 2 == 0;
            using var drawn = rand(1);
            return new(
                isEven ? "even" : "odd", number,
                [
                    ("number", number), ("drawn", drawn.item<float>()),
                    ("even_number", isEven ? number : double.NaN), ("never", double.NaN),
                ]);
        }

        public void Save(string directory)
        {
        }

        public void Load(string directory)
        {
        }

        public void Dispose()
        {
        }
    }
}
