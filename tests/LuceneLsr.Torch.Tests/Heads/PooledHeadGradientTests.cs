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
    public void Trainable_weights_with_sliced_head_have_gradients_of_dense_formulation(TermPooling pooling) =>
        AssertGradients(
            Config(tied: false, outputSize: 8000), TinyModel.CreateTexts(seed: 7, 300, 300, 299, 7),
            AttentionVariant.Causal, pooling);

    [Theory]
    [InlineData(TermPooling.Max)]
    [InlineData(TermPooling.Sum)]
    [InlineData(TermPooling.SaturatedSum)]
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
            var logits = model.ComputeLogits(states);                                  // [length, output]
            var positive = (logits * Scale / (0.5 + (0.05 * text.Length))).relu();
            return pooling switch
            {
                TermPooling.Max => positive.log1p().max(0).values,
                TermPooling.Sum => positive.sum([0]).log1p(),
                _ => positive.log1p().sum([0]),
            };
        }));
}
