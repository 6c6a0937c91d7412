using LuceneLsr.TestSupport;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests;

/// <summary>
/// The loss is the dot product of all parameters with a fixed slope, so the gradient is known; AdamW's first step then
/// moves each parameter by its rate against the gradient's sign, whatever the gradient's length.
/// </summary>
public sealed class TwoRateOptimizerTests : IDisposable
{
    private const double Slope = 0.5, EmbeddingRate = 0.02, LayerRate = 0.005;

    private readonly TemporaryFolder _folder = new();
    private readonly Checkpoint _checkpoint;

    public TwoRateOptimizerTests() => _checkpoint = TinyCheckpoint.Create(WordTokenizer.Write(_folder.Path));

    public void Dispose()
    {
        _checkpoint.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.25)]
    public void Embeddings_and_head_have_one_rate_and_the_layers_another(double factor)
    {
        var before = Snapshot();
        using var optimizer = new TwoRateOptimizer(_checkpoint.Model, EmbeddingRate, LayerRate);
        optimizer.Step(Loss(), factor, largestNorm: 1e9);
        Assert.Contains(before.Keys, name => name.StartsWith("model.layers.", StringComparison.Ordinal));
        Assert.All(Snapshot(), parameter =>
        {
            var rate = parameter.Key.StartsWith("model.layers.", StringComparison.Ordinal) ? LayerRate : EmbeddingRate;
            Assert.All(before[parameter.Key].Zip(parameter.Value), pair =>
                Assert.Equal(pair.First - (rate * factor), pair.Second, 1e-5));
        });
    }

    [Fact]
    public void The_norm_is_that_before_clipping()
    {
        using var optimizer = new TwoRateOptimizer(_checkpoint.Model, EmbeddingRate, LayerRate);
        var norm = optimizer.Step(Loss(), rateFactor: 1, largestNorm: 0.1);
        Assert.Equal(Slope * Math.Sqrt(Snapshot().Values.Sum(values => (double)values.Length)), norm, 1e-3);
        var clipped = _checkpoint.Model.parameters().Sum(parameter => parameter.grad!.square().sum().item<float>());
        Assert.Equal(0.1, Math.Sqrt(clipped), 1e-4);
    }

    [Fact]
    public void A_gradient_is_forgotten_after_its_step()
    {
        using var optimizer = new TwoRateOptimizer(_checkpoint.Model, EmbeddingRate, LayerRate);
        var first = optimizer.Step(Loss(), rateFactor: 1, largestNorm: 1e9);
        Assert.Equal(first, optimizer.Step(Loss(), rateFactor: 1, largestNorm: 1e9), 1e-3);
    }

    private Tensor Loss() =>
        _checkpoint.Model.parameters().Select(parameter => parameter.sum() * Slope)
            .Aggregate((sum, next) => sum + next);

    private Dictionary<string, float[]> Snapshot() => _checkpoint.Model.named_parameters()
        .ToDictionary(parameter => parameter.name, parameter => parameter.parameter.data<float>().ToArray());
}
