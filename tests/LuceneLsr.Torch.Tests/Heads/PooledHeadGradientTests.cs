using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Heads;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using LuceneLsr.TorchTestSupport;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Heads;

public class PooledHeadGradientTests
{
    private const double Scale = 0.5;

    private static readonly LengthNormalization Length = new(0.5f, 10);

    private static readonly int[] Head = [TinyTokenizer.Bos, 5];

    public static MatrixTheoryData<AttentionVariant, TermPooling, bool> Cases { get; } =
        new(Enum.GetValues<AttentionVariant>(), Enum.GetValues<TermPooling>(), [true, false]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Trainable_weights_have_gradients_of_dense_formulation(
        AttentionVariant variant, TermPooling pooling, bool tied) =>
        AssertGradients(Config(tied, outputSize: 50), TinyModel.CreateTexts(seed: 6, 4, 1, 11), variant, pooling);

    /// <summary>The head takes three slices, as in <see cref="PooledHeadTests"/>.</summary>
    [Theory]
    [InlineData(TermPooling.Max)]
    [InlineData(TermPooling.Sum)]
    [InlineData(TermPooling.SaturatedSum)]
    [InlineData(TermPooling.Mean)]
    public void Trainable_weights_with_sliced_head_have_gradients_of_dense_formulation(TermPooling pooling) =>
        AssertGradients(
            Config(tied: false, outputSize: 8000), TinyModel.CreateTexts(seed: 7, 300, 300, 299, 7),
            AttentionVariant.Causal, pooling);

    [Theory]
    [InlineData(TermPooling.Max)]
    [InlineData(TermPooling.Sum)]
    [InlineData(TermPooling.SaturatedSum)]
    [InlineData(TermPooling.Mean)]
    public void Trainable_weights_of_texts_without_active_terms_are_zero_with_zero_gradients(TermPooling pooling)
    {
        var config = Config(tied: false, outputSize: 50);
        var weights = ReferenceWeights.Random(config, seed: 8);
        Array.Fill(weights["lm_head.bias"], -1000);
        using var model = TinyModel.Create(config, weights);
        using var batch = TokenBatch.Create(TinyModel.CreateTexts(seed: 9, 3, 2), Head, AttentionVariant.Causal, CPU);
        using var pooled = PooledHead.ComputeTrainableWeights(model, batch, new(pooling, Scale, Length));
        pooled.sum().backward();
        Assert.All(pooled.data<float>().ToArray(), weight => Assert.Equal(0, weight));
        Assert.All(model.GetGradients().Values, gradient => Assert.All(gradient, value => Assert.Equal(0, value)));
    }

    public static MatrixTheoryData<string, TermPooling, bool> MaskedCases { get; } =
        new(TinyEncoder.Families, Enum.GetValues<TermPooling>(), [true, false]);

    /// <summary>Compares with differences of the reference's weights, for two elements of each tensor.</summary>
    [Theory]
    [MemberData(nameof(MaskedCases))]
    public void Trainable_weights_of_masked_lm_have_gradients_of_reference(
        string family, TermPooling pooling, bool tied)
    {
        const float Distance = 1e-3f;
        var config = TinyEncoder.Create(family);
        config = tied ? config : TinyEncoder.Untied(config, outputSize: 50);
        var weights = ReferenceWeights.Random(config, seed: 12);
        var text = Assert.Single(TinyModel.CreateTexts(seed: 13, 4));
        var random = new Random(14);
        double[] slopes = [.. Enumerable.Range(0, config.OutputSize).Select(_ => random.NextDouble() + 0.5)];

        using var scope = NewDisposeScope();
        using var model = TinyModel.Create(config, weights);
        using var batch = TokenBatch.Create([text], Head, AttentionVariant.Bidirectional, CPU);
        var pooled = PooledHead.ComputeTrainableWeights(model, batch, new(pooling, Scale));
        (pooled * tensor(slopes, ScalarType.Float32)).sum().backward();
        var gradients = model.GetGradients();
        var scale = gradients.Values.SelectMany(values => values).Max(Math.Abs);
        foreach (var name in weights.Names)
        {
            foreach (var index in new[] { MaxIndex(gradients[name]), random.Next(weights[name].Length) })
            {
                var expected =
                    (ComputeLoss(name, index, Distance) - ComputeLoss(name, index, -Distance)) / (2 * Distance);
                Assert.Equal(expected, gradients[name][index], Math.Max(1e-3 * scale, 0.01 * Math.Abs(expected)));
            }
        }

        double ComputeLoss(string name, int index, float distance)
        {
            var before = weights[name][index];
            weights[name][index] += distance;
            var loss = new ReferenceEncoder(config, weights)
                .ComputePooledWeights(Head, text, AttentionVariant.Bidirectional, Scale, pooling: pooling)
                .Zip(slopes, (weight, slope) => weight * slope).Sum();
            weights[name][index] = before;
            return loss;
        }
    }

    private static int MaxIndex(float[] values) => Array.IndexOf(values, values.MaxBy(Math.Abs));

    private static DecoderConfig Config(bool tied, int outputSize) => tied
        ? TinyModel.Config with { OutputBias = true }
        : TinyModel.Untied(TinyModel.Config, outputSize);

    private static void AssertGradients(
        DecoderConfig config, int[][] texts, AttentionVariant variant, TermPooling pooling)
    {
        using var scope = NewDisposeScope();
        using var model = TinyModel.Create(config, ReferenceWeights.Random(config, seed: 10));
        var slopes = rand(texts.Length, config.OutputSize, generator: new Generator(11)) + 0.5; // d loss / d weight
        (ComputeDense(model, texts, variant, pooling) * slopes).sum().backward();
        var expected = model.GetGradients();
        model.zero_grad();

        using var batch = TokenBatch.Create(texts, Head, variant, CPU);
        (PooledHead.ComputeTrainableWeights(model, batch, new(pooling, Scale, Length)) * slopes).sum().backward();
        var actual = model.GetGradients();
        Assert.Equal(model.named_parameters().Count(), expected.Count);
        Assert.All(expected, gradient =>
        {
            Assert.Contains(gradient.Value, value => value != 0);
            Near.Equal(gradient.Value, actual[gradient.Key]);
        });
    }

    /// <summary>
    /// Computes the weights of each text alone from all its logits, with autograd through everything.
    /// </summary>
    private static Tensor ComputeDense(
        LanguageModel model, int[][] texts, AttentionVariant variant, TermPooling pooling) =>
        stack(texts.Select(text =>
        {
            using var batch = TokenBatch.Create([text], Head, variant, CPU);
            var hidden = model.forward(batch)[0];
            var states = hidden.narrow(0, hidden.shape[0] - text.Length, text.Length); // [length, hidden]
            if (pooling == TermPooling.Mean)
            {
                states = states.mean([0], keepdim: true) / states.mean([0]).norm();    // [1, hidden]
            }

            var logits = model.ComputeLogits(states);                                  // [length, output]
            var positive = (logits * Scale / (0.5 + (0.05 * text.Length))).relu();
            return pooling switch
            {
                TermPooling.Max or TermPooling.Mean => positive.log1p().max(0).values,
                TermPooling.Sum => positive.sum([0]).log1p(),
                _ => positive.log1p().sum([0]),
            };
        }));
}
