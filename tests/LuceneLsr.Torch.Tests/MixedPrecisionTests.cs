using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Heads;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests;

/// <summary>BF16 has 8 bits: a factor is off by up to 2^-9, some thousandths; sums of many are nearer.</summary>
public class MixedPrecisionTests
{
    [Theory]
    [InlineData(AttentionVariant.Causal, false)]
    [InlineData(AttentionVariant.Bidirectional, false)]
    [InlineData(AttentionVariant.Causal, true)]
    public void Loss_and_gradients_are_near_those_of_whole_numbers(AttentionVariant variant, bool withLora)
    {
        using var model = Create(withLora);
        var expected = Gradients.Of(model, variant);
        model.ComputeIn(ScalarType.BFloat16);
        var actual = Gradients.Of(model, variant);
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.InRange(Distance(expected.Keys), 1e-6, 0.02);
        Assert.All(expected.Keys, name => Assert.InRange(Distance([name]), 0, 0.15)); // some are small differences

        double Distance(IEnumerable<string> names) =>
            Norm(names.SelectMany(name => expected[name].Zip(actual[name], (whole, half) => whole - half)))
            / Norm(names.SelectMany(name => expected[name]));
    }

    [Fact]
    public void Parameters_and_their_gradients_stay_whole()
    {
        using var model = Create(withLora: true);
        model.ComputeIn(ScalarType.BFloat16);
        Gradients.Of(model, AttentionVariant.Causal);
        Assert.All(model.parameters(), parameter =>
        {
            Assert.Equal(ScalarType.Float32, parameter.dtype);
            using var gradient = parameter.grad;
            Assert.True(gradient is null || gradient.dtype == ScalarType.Float32);
        });
    }

    [Theory]
    [InlineData(TermPooling.Max)]
    [InlineData(TermPooling.Sum)]
    public void Pooled_weights_are_near_those_of_whole_numbers(TermPooling pooling)
    {
        using var scope = NewDisposeScope();
        using var model = Create(withLora: false);
        using var batch = TokenBatch.Create(TinyModel.Texts(seed: 2, 9, 6), [], AttentionVariant.Causal, CPU);
        var expected = PooledHead.TrainableWeights(model, batch, new(pooling));
        model.ComputeIn(ScalarType.BFloat16);
        foreach (var actual in new[]
        {
            PooledHead.TrainableWeights(model, batch, new(pooling)), PooledHead.Weights(model, batch, new(pooling)),
        })
        {
            Assert.Equal(ScalarType.Float32, actual.dtype);
            Assert.InRange((actual - expected).norm().item<float>(), 1e-6, 0.02 * expected.norm().item<float>());
        }
    }

    [Fact]
    public void Whole_numbers_again_are_as_before()
    {
        using var model = Create(withLora: false);
        var before = Gradients.Of(model, AttentionVariant.Causal);
        model.ComputeIn(ScalarType.BFloat16);
        model.ComputeIn(ScalarType.Float32);
        Assert.Equal(before, Gradients.Of(model, AttentionVariant.Causal));
    }

    [Fact]
    public void A_quantized_model_is_refused()
    {
        using var folder = new TemporaryFolder();
        TinyCheckpoint.Write(
            folder, TinyModel.Config, ReferenceWeights.Random(TinyModel.Config, seed: 4), TinyCheckpoint.Settings);
        using var checkpoint = Checkpoint.Load(folder.Path, Precision.Int8);
        Assert.Throws<InvalidOperationException>(() => checkpoint.Model.ComputeIn(ScalarType.BFloat16));
    }

    private static double Norm(IEnumerable<float> values) => Math.Sqrt(values.Sum(value => (double)value * value));

    private static CausalLanguageModel Create(bool withLora)
    {
        var config = TinyModel.Untied(TinyModel.Config with { QueryKeyValueBias = true }, outputSize: 40);
        var model = TinyModel.Create(config, ReferenceWeights.Random(config, seed: 4));
        if (withLora)
        {
            model.AddTrainedLora();
        }

        return model;
    }
}
