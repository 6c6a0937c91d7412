using System.Diagnostics;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Encoders;
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

public class PooledHeadTests
{
    private const int Padding = 0, Prefix = 5, Film = 10, Movie = 11;

    private static readonly int[] Head = [TinyTokenizer.Bos, Prefix];

    public static MatrixTheoryData<AttentionVariant, TermPooling, double, bool> Cases { get; } =
        new(Enum.GetValues<AttentionVariant>(), Enum.GetValues<TermPooling>(), [1, 0.25], [true, false]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Weights_match_reference(
        AttentionVariant variant, TermPooling pooling, double scale, bool tied)
    {
        var config = tied ? TinyModel.Config : TinyModel.Untied(TinyModel.Config, outputSize: 50);
        AssertWeights(config, TinyModel.CreateTexts(seed: 3, 5, 1, 12), variant, pooling, scale);
    }

    /// <summary>
    /// The buffer of 16 MiB holds the logits of 3,495 terms for 1,200 positions: 8,000 terms take 3 slices.
    /// </summary>
    [Theory]
    [InlineData(TermPooling.Max)]
    [InlineData(TermPooling.Sum)]
    [InlineData(TermPooling.SaturatedSum)]
    [InlineData(TermPooling.Mean)]
    public void Weights_with_sliced_head_match_reference(TermPooling pooling) => AssertWeights(
        TinyModel.Untied(TinyModel.Config, outputSize: 8000),
        TinyModel.CreateTexts(seed: 4, 300, 300, 299, 7),
        AttentionVariant.Causal,
        pooling,
        scale: 1);

    /// <summary>
    /// The first text has the token "film" three times, with a logit of 3 each. Unit states have logits of a quarter,
    /// because the norm scales states to the root of their 16 values.
    /// </summary>
    [Theory]
    [MemberData(nameof(Pools))]
    public void Weights_exclude_special_tokens_prefix_and_padding(AttentionVariant variant, TermPooling pooling)
    {
        var film = pooling switch
        {
            TermPooling.Max => 3,
            TermPooling.Sum => 9,
            TermPooling.SaturatedSum => 63, // 3 log(1 + 3) = log(1 + 63)
            TermPooling.Mean => 0.75,
            _ => throw new UnreachableException(),
        };
        // The third text has three different tokens, so each adds a third to the mean, whose length is 1 / sqrt(3).
        var others = pooling == TermPooling.Mean ? 1 / (4 * Math.Sqrt(3)) : 1;
        var lexical = new ChosenLogitsModel(
            [(Padding, 9)], [(TinyTokenizer.Bos, 9)], [(Prefix, 9)], [(Film, 3)], [(Movie, 1)]);
        using var model = TinyModel.Create(lexical.Config, lexical.Weights);
        using var batch = TokenBatch.Create(
            [[Film, Film, Film], [Movie], [Movie, Padding, Prefix]], Head, variant, CPU);
        foreach (var pool in new Func<LanguageModel, TokenBatch, PoolingRule, Tensor>[]
        {
            PooledHead.ComputeWeights, PooledHead.ComputeTrainableWeights,
        })
        {
            using var weights = pool(model, batch, new(pooling));
            var pooled = weights.data<float>().ToArray().Select(weight => MathF.Exp(weight) - 1).ToArray();
            var movie = pooling == TermPooling.Mean ? 0.25 : 1;
            Near.Equal([0, 0, 0, film, 0, 0, 0, 0, 0, movie, 9 * others, 0, 9 * others, 0, others], pooled);
        }
    }

    /// <summary>w = log(1 + 6 / (1 - b + b n / average)) for a term whose logits sum to 6.</summary>
    [Theory]
    [InlineData(0, 2)]
    [InlineData(0.5f, 2)]
    [InlineData(1, 5)]
    public void Weights_with_length_normalization_decrease_with_text_length(float b, float average)
    {
        var lexical = new ChosenLogitsModel([(Film, 2)], [(Movie, 6)]);
        using var model = TinyModel.Create(lexical.Config, lexical.Weights);
        using var batch = TokenBatch.Create([[Film, Film, Film, 7, 7], [Movie]], Head, AttentionVariant.Causal, CPU);
        var rule = new PoolingRule(TermPooling.Sum, 1, new(b, average));
        using var weights = PooledHead.ComputeWeights(model, batch, rule);
        using var trainable = PooledHead.ComputeTrainableWeights(model, batch, rule);
        double[] expected =
        [
            Math.Log(1 + (6 / (1 - b + (b * 5 / average)))), 0, 0, Math.Log(1 + (6 / (1 - b + (b / average)))),
        ];
        Near.Equal(expected, weights.data<float>().ToArray());
        Near.Equal(expected, trainable.data<float>().ToArray());
    }

    [Theory]
    [InlineData(TermPooling.Max)]
    [InlineData(TermPooling.Sum)]
    [InlineData(TermPooling.SaturatedSum)]
    [InlineData(TermPooling.Mean)]
    public void Weights_with_log_log_saturation_match_reference(TermPooling pooling) => AssertWeights(
        TinyModel.Config, TinyModel.CreateTexts(seed: 5, 4, 1, 9), AttentionVariant.Causal, pooling, scale: 0.5,
        Saturation.LogLog);

    [Fact]
    public void Sum_pooling_with_too_many_positive_logits_throws()
    {
        var lexical = new ChosenLogitsModel([(Film, 2)], [(Movie, 6)]);
        using var scope = NewDisposeScope();
        using var model = TinyModel.Create(lexical.Config, lexical.Weights);
        using var batch = TokenBatch.Create([[Film, Film, Movie]], [], AttentionVariant.Causal, CPU);
        var states = model.forward(batch);
        var three = SumPooling.FindActiveUnits(model, states, batch.PoolMask, maxElements: 3 * 16);
        Assert.Equal([0, 1, 2], three.Positions.data<long>().Order());
        Assert.Contains("More than 2 logits", Assert.Throws<InvalidOperationException>(
            () => SumPooling.FindActiveUnits(model, states, batch.PoolMask, maxElements: (3 * 16) - 1)).Message,
            StringComparison.Ordinal);
    }

    public static MatrixTheoryData<AttentionVariant, TermPooling> Pools { get; } =
        new(Enum.GetValues<AttentionVariant>(), Enum.GetValues<TermPooling>());

    private static void AssertWeights(
        DecoderConfig config, int[][] texts, AttentionVariant variant, TermPooling pooling, double scale,
        Saturation saturation = Saturation.Log)
    {
        var weights = ReferenceWeights.Random(config, seed: 5);
        var reference = new ReferenceDecoder(config, weights);
        var expected = texts.SelectMany(text => reference.ComputePooledWeights(
            Head, text, variant, scale, pooling: pooling, saturation: saturation)).ToArray();
        using var model = TinyModel.Create(config, weights);
        using var batch = TokenBatch.Create(texts, Head, variant, CPU);
        var rule = new PoolingRule(pooling, scale, Saturation: saturation);
        using var pooled = PooledHead.ComputeWeights(model, batch, rule);
        using var trainable = PooledHead.ComputeTrainableWeights(model, batch, rule);
        Assert.Contains(0, expected);
        Assert.Equal([texts.Length, config.OutputSize], pooled.shape);
        Near.Equal(expected, pooled.data<float>().ToArray());
        Near.Equal(expected, trainable.data<float>().ToArray());
    }
}
