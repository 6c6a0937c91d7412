using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Heads;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using LuceneLsr.Torch.Weights;
using LuceneLsr.TorchTestSupport;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests;

/// <summary>BF16 has 8 significant bits: factors are off by up to 2^-9, and errors partly cancel in sums.</summary>
public class MixedPrecisionTests
{
    [Theory]
    [InlineData(AttentionVariant.Causal, false)]
    [InlineData(AttentionVariant.Bidirectional, false)]
    [InlineData(AttentionVariant.Causal, true)]
    public void BFloat16_compute_type_keeps_loss_and_gradients_close_to_float32(AttentionVariant variant, bool withLora)
    {
        using var model = Create(withLora);
        var expected = Gradients.Compute(model, variant);
        model.SetComputeType(ScalarType.BFloat16);
        var actual = Gradients.Compute(model, variant);
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.InRange(Distance(expected.Keys), 1e-6, 0.02);

        // Some gradients are differences of close values.
        Assert.All(expected.Keys, name => Assert.InRange(Distance([name]), 0, 0.15));

        double Distance(IEnumerable<string> names) =>
            Norm(names.SelectMany(name => expected[name].Zip(actual[name], (whole, half) => whole - half)))
            / Norm(names.SelectMany(name => expected[name]));
    }

    [Fact]
    public void BFloat16_compute_type_keeps_parameters_and_gradients_in_float32()
    {
        using var model = Create(withLora: true);
        model.SetComputeType(ScalarType.BFloat16);
        Gradients.Compute(model, AttentionVariant.Causal);
        Assert.NotEmpty(model.GetGradients());
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
    public void BFloat16_compute_type_keeps_pooled_weights_close_to_float32(TermPooling pooling)
    {
        using var scope = NewDisposeScope();
        using var model = Create(withLora: false);
        using var batch = TokenBatch.Create(TinyModel.CreateTexts(seed: 2, 9, 6), [], AttentionVariant.Causal, CPU);
        var expected = PooledHead.ComputeTrainableWeights(model, batch, new(pooling));
        model.SetComputeType(ScalarType.BFloat16);
        foreach (var actual in new[]
        {
            PooledHead.ComputeTrainableWeights(model, batch, new(pooling)),
            PooledHead.ComputeWeights(model, batch, new(pooling)),
        })
        {
            Assert.Equal(ScalarType.Float32, actual.dtype);
            Assert.InRange((actual - expected).norm().item<float>(), 1e-6, 0.02 * expected.norm().item<float>());
        }
    }

    [Fact]
    public void Resetting_compute_type_to_float32_restores_gradients()
    {
        using var model = Create(withLora: false);
        var before = Gradients.Compute(model, AttentionVariant.Causal);
        model.SetComputeType(ScalarType.BFloat16);
        model.SetComputeType(ScalarType.Float32);
        Assert.Equal(before, Gradients.Compute(model, AttentionVariant.Causal));
    }

    [Fact]
    public void SetComputeType_on_quantized_model_throws()
    {
        using var folder = new TemporaryFolder();
        TinyCheckpoint.Write(
            folder, TinyModel.Config, ReferenceWeights.Random(TinyModel.Config, seed: 4), TinyCheckpoint.Settings);
        using var checkpoint = Checkpoint.Load(folder.Path, Precision.Int8);
        Assert.Throws<InvalidOperationException>(() => checkpoint.Model.SetComputeType(ScalarType.BFloat16));
    }

    private static double Norm(IEnumerable<float> values) => Math.Sqrt(values.Sum(value => (double)value * value));

    [Theory]
    [InlineData("bert")]
    [InlineData("distilbert")]
    public void BFloat16_compute_type_keeps_loss_and_gradients_of_masked_lm_close_to_float32(string family)
    {
        var config = TinyEncoder.Create(family);
        using var model = TinyModel.Create(config, ReferenceWeights.Random(config, seed: 4));
        var expected = Gradients.Compute(model, AttentionVariant.Bidirectional);
        model.SetComputeType(ScalarType.BFloat16);
        var actual = Gradients.Compute(model, AttentionVariant.Bidirectional);
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        var distance = Norm(expected.Keys.SelectMany(name =>
            expected[name].Zip(actual[name], (whole, half) => whole - half)));
        Assert.InRange(distance / Norm(expected.Values.SelectMany(values => values)), 1e-6, 0.02);
    }

    private static LanguageModel Create(bool withLora)
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
