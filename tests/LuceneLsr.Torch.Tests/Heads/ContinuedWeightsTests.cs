using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Heads;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Heads;

public class ContinuedWeightsTests
{
    private const double Scale = 0.5;

    private static readonly long[] Rows = [3, 49, 0, 17, 18];

    [Theory]
    [InlineData(TermPooling.Max)]
    [InlineData(TermPooling.Sum)]
    [InlineData(TermPooling.SaturatedSum)]
    [InlineData(TermPooling.Mean)]
    public void Positive_weights_are_those_of_the_head_and_others_the_largest_logit(TermPooling pooling)
    {
        using var scope = NewDisposeScope();
        var config = TinyModel.Untied(TinyModel.Config, outputSize: 50);
        var weights = ReferenceWeights.Random(config, seed: 8);
        weights["lm_head.bias"][17] = -5;
        using var model = TinyModel.Create(config, weights);
        using var batch = TokenBatch.Create(
            TinyModel.CreateTexts(seed: 9, 5, 1, 3), [TinyTokenizer.Bos], AttentionVariant.Causal, CPU);
        var rule = new PoolingRule(pooling, Scale, new LengthNormalization(0.5f, 10));
        var whole = PooledHead.ComputeWeights(model, batch, rule).index_select(1, tensor(Rows));
        var logits = model.ComputeLogits(PooledHead.ComputeStates(model, batch, rule)).index_select(2, tensor(Rows));
        var largest = (logits.amax([1]) * Scale).data<float>().ToArray();
        var actual = ContinuedWeights.Compute(model, batch, rule, tensor(Rows));
        float[] expected = [.. whole.data<float>().ToArray()
            .Zip(largest, (weight, logit) => weight > 0 ? weight : logit)];
        Assert.Contains(expected, weight => weight > 0);
        Assert.Contains(expected, weight => weight < 0);
        Assert.Equal(expected, actual.data<float>().ToArray(), (left, right) => Math.Abs(left - right) < 1e-5);
    }

    [Fact]
    public void Missing_terms_have_gradients()
    {
        using var scope = NewDisposeScope();
        var config = TinyModel.Untied(TinyModel.Config, outputSize: 50);
        var weights = ReferenceWeights.Random(config, seed: 8);
        Array.Fill(weights["lm_head.bias"], -100);
        using var model = TinyModel.Create(config, weights);
        using var batch = TokenBatch.Create(
            TinyModel.CreateTexts(seed: 9, 4), [TinyTokenizer.Bos], AttentionVariant.Causal, CPU);
        var continued = ContinuedWeights.Compute(model, batch, new(), tensor(Rows));
        Assert.All(continued.data<float>().ToArray(), weight => Assert.True(weight < 0));
        continued.sum().backward();
        Assert.Equal(
            Enumerable.Range(0, 50).Select(row => Rows.Contains(row) ? 1f : 0),
            model.HeadBias!.grad!.data<float>().ToArray());
    }
}
