using LuceneLsr.TestSupport;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Models;
using LuceneLsr.TorchTestSupport;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;
using LuceneLsr.Training.Tasks;
using LuceneLsr.Training.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Runs;

/// <summary>
/// The loss is the sum of all parameters times a fixed slope, so the gradient is known. AdamW's first step then moves
/// each parameter by its rate against the sign of the gradient, whatever the gradient's length.
/// </summary>
public sealed class TrainingOptimizerTests : IDisposable
{
    private const double Slope = 0.5, EmbeddingRate = 0.02, LayerRate = 0.005, OtherRate = 0.1;

    private static readonly OptimizerSettings Settings = new()
    {
        EmbeddingLearningRate = EmbeddingRate,
        LayerLearningRate = LayerRate,
        WarmupSteps = 4, // so that the first step's factor is a quarter
        GradientClip = 1e9,
    };

    private readonly TemporaryFolder _folder = new();
    private readonly Checkpoint _checkpoint;
    private readonly Parameter _other = nn.Parameter(ones(1, 3));

    public TrainingOptimizerTests() => _checkpoint = TinyCheckpoint.Create(WordTokenizer.Write(_folder.Path));

    public void Dispose()
    {
        _other.Dispose();
        _checkpoint.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(0, 0.25)]
    [InlineData(3, 1)]
    public void Step_moves_embeddings_layers_and_task_parameters_by_their_own_rates(
        int step, double factor)
    {
        var before = Snapshot();
        using var optimizer = Create();
        Descend();
        Assert.Equal(factor * OtherRate, optimizer.Step(step).LearningRate, 1e-12); // the largest
        Assert.Contains(before.Keys, name => name.StartsWith("model.layers.", StringComparison.Ordinal));
        Assert.All(Snapshot(), parameter =>
        {
            var isOfLayer = parameter.Key.StartsWith("model.layers.", StringComparison.Ordinal);
            AssertMoved(before[parameter.Key], parameter.Value, factor * (isOfLayer ? LayerRate : EmbeddingRate));
        });
        AssertMoved([1, 1, 1], _other.data<float>().ToArray(), factor * OtherRate);
    }

    [Fact]
    public void Step_moves_head_and_its_bias_by_their_own_rates()
    {
        var before = Snapshot();
        using var optimizer = Create(Settings with { HeadLearningRate = 0.03, HeadBiasLearningRate = 0.2 });
        Descend();
        optimizer.Step(3);
        Assert.All(Snapshot(), parameter => AssertMoved(
            before[parameter.Key], parameter.Value,
            parameter.Key switch
            {
                "model.embed_tokens.weight" => EmbeddingRate,
                "lm_head.weight" or "model.norm.weight" => 0.03,
                "lm_head.bias" => 0.2,
                _ => LayerRate,
            }));
    }

    [Fact]
    public void Bias_of_the_head_has_the_heads_rate_by_default()
    {
        var before = Snapshot();
        using var optimizer = Create(Settings with { HeadLearningRate = 0.03 });
        Descend();
        optimizer.Step(3);
        AssertMoved(before["lm_head.bias"], Snapshot()["lm_head.bias"], 0.03);
    }

    /// <summary>w - rate x decay x w, then the step against the gradient.</summary>
    [Fact]
    public void Step_with_weight_decay_shrinks_matrices()
    {
        using var optimizer = Create(Settings with { WeightDecay = 0.5 });
        Descend();
        optimizer.Step(3);
        AssertMoved([1, 1, 1], _other.data<float>().ToArray(), (0.5 * OtherRate) + OtherRate);
    }

    [Fact]
    public void Step_with_weight_decay_does_not_shrink_norms_and_biases()
    {
        _checkpoint.Model.Fill("lm_head.bias", 1); // zero would stay zero even with decay
        var before = Snapshot();
        using var optimizer = Create(Settings with { WeightDecay = 0.5 });
        Descend();
        optimizer.Step(3);
        var after = Snapshot();
        AssertMoved(before["model.norm.weight"], after["model.norm.weight"], EmbeddingRate);
        AssertMoved(before["lm_head.bias"], after["lm_head.bias"], EmbeddingRate);
        const string ofLayer = "model.layers.0.input_layernorm.weight";
        AssertMoved(before[ofLayer], after[ofLayer], LayerRate);
    }

    [Fact]
    public void Step_neither_moves_frozen_parameters_nor_counts_them_in_gradient_norm()
    {
        _checkpoint.Model.AddLora(rank: 1, alpha: 1, dropout: 0, ["q_proj"]);
        var before = Snapshot();
        using var optimizer = Create();
        Descend();
        var factors = before.Where(pair => pair.Key.Contains(".lora.", StringComparison.Ordinal)).ToArray();
        Assert.Equal(
            Slope * Math.Sqrt(factors.Sum(pair => pair.Value.Length) + 3), optimizer.Step(3).GradientNorm, 1e-4);
        Assert.All(Snapshot(), parameter => Assert.Equal(
            parameter.Key.Contains(".lora.", StringComparison.Ordinal),
            !parameter.Value.SequenceEqual(before[parameter.Key])));
    }

    [Fact]
    public void Step_returns_gradient_norm_before_clipping()
    {
        using var optimizer = Create(Settings with { GradientClip = 0.1 });
        Descend();
        Assert.Equal(
            Slope * Math.Sqrt(Snapshot().Values.Sum(values => (double)values.Length) + 3),
            optimizer.Step(0).GradientNorm, 1e-3);
        var clipped = _checkpoint.Model.parameters().Append(_other)
            .Sum(parameter => parameter.grad!.square().sum().item<float>());
        Assert.Equal(0.1, Math.Sqrt(clipped), 1e-4);
    }

    [Fact]
    public void Clear_gradients_resets_accumulated_gradient()
    {
        using var optimizer = Create();
        Descend();
        var first = optimizer.Step(0).GradientNorm;
        Descend();
        Assert.Equal(2 * first, optimizer.Step(1).GradientNorm, 1e-3);
        optimizer.ClearGradients();
        Descend();
        Assert.Equal(first, optimizer.Step(2).GradientNorm, 1e-3);
    }

    [Fact]
    public void Step_with_infinite_gradient_throws_and_moves_nothing()
    {
        var before = Snapshot();
        using var optimizer = Create();
        Descend(double.NaN);
        Assert.StartsWith(
            "Step 3: the gradient is not finite. Lower the learning rates",
            Assert.Throws<TrainingCollapseException>(() => optimizer.Step(2)).Message, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    private static void AssertMoved(float[] before, float[] after, double distance) => Assert.All(
        before.Zip(after), pair => Assert.Equal(pair.First - distance, pair.Second, 1e-5));

    private TrainingOptimizer Create(OptimizerSettings? settings = null) =>
        new(_checkpoint.Model, [(_other, OtherRate)], steps: 10, settings ?? Settings);

    private void Descend(double slope = Slope)
    {
        using var scope = NewDisposeScope();
        _checkpoint.Model.parameters().Append(_other).Select(parameter => parameter.sum() * slope)
            .Aggregate((sum, next) => sum + next).backward();
    }

    private Dictionary<string, float[]> Snapshot() => _checkpoint.Model.named_parameters()
        .ToDictionary(parameter => parameter.name, parameter => parameter.parameter.data<float>().ToArray());
}
