using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Heads;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using LuceneLsr.TorchTestSupport;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Heads;

public sealed class LexicalBiasTests : IDisposable
{
    private const int Output = 50;

    private static readonly int[] Head = [TinyTokenizer.Bos, 5];
    private static readonly int[][] Texts = TinyModel.CreateTexts(seed: 21, 4, 1, 9);
    private static readonly Dictionary<int, float>[] OwnTerms =
        [new() { [3] = 1, [17] = 1.5f, [40] = 0.4f }, [], new() { [0] = 0.5f, [17] = 1, [49] = 2 }]; // row and factor

    private static readonly EncoderConfig Config = TinyEncoder.Untied(TinyEncoder.Create("bert"), Output);

    private readonly ReferenceWeights _weights = ReferenceWeights.Random(Config, seed: 22);
    private readonly LanguageModel _model;
    private readonly float[] _bias;

    public LexicalBiasTests()
    {
        _model = new LanguageModel(Config with { LexicalBias = true });
        var random = new Random(23);
        _bias = [.. Enumerable.Range(0, Output).Select(_ => (float)(4 * random.NextDouble()) - 1)]; // of both signs
        using var noGrad = no_grad();
        foreach (var (name, parameter) in _model.named_parameters())
        {
            var isBias = name == LanguageModel.LexicalBiasName;
            using var values = tensor(isBias ? _bias : _weights[name], parameter.shape);
            parameter.copy_(values);
        }
    }

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Weights_of_terms_in_text_have_lexical_bias_added_to_their_largest_logit()
    {
        using var batch = CreateBatch(OwnTerms);
        using var weights = PooledHead.ComputeWeights(_model, batch, new());
        using var trainable = PooledHead.ComputeTrainableWeights(_model, batch, new());
        var expected = ComputeExpected();
        Near.Equal(expected, weights.data<float>().ToArray());
        Near.Equal(expected, trainable.data<float>().ToArray());
    }

    [Fact]
    public void Weights_of_texts_without_own_terms_have_no_lexical_bias()
    {
        using var batch = CreateBatch([[], [], []]);
        using var weights = PooledHead.ComputeWeights(_model, batch, new());
        using var trainable = PooledHead.ComputeTrainableWeights(_model, batch, new());
        Near.Equal(ComputeExpected(isBiased: false), weights.data<float>().ToArray());
        Near.Equal(ComputeExpected(isBiased: false), trainable.data<float>().ToArray());
    }

    /// <summary>
    /// d log(1 + x) / d bias = factor / (1 + x) for own terms with a positive logit x, summed over texts.
    /// </summary>
    [Fact]
    public void Gradient_of_lexical_bias_is_that_of_active_own_terms()
    {
        using var batch = CreateBatch(OwnTerms);
        using var weights = PooledHead.ComputeTrainableWeights(_model, batch, new());
        using var sum = weights.sum();
        sum.backward();
        var expected = new double[Output];
        var values = ComputeExpected();
        foreach (var (text, terms) in OwnTerms.Index())
        {
            foreach (var (row, factor) in terms)
            {
                var weight = values[(text * Output) + row];
                expected[row] += weight > 0 ? factor * Math.Exp(-weight) : 0;
            }
        }

        Assert.Contains(expected, value => value > 0);
        Near.Equal(expected, _model.LexicalBias!.grad!.data<float>().ToArray());
    }

    private static TokenBatch CreateBatch(Dictionary<int, float>[] ownTerms) => TokenBatch.Create(
        [.. Texts.Select(text => TokenSequence.Create(Head, text, [], AttentionVariant.Bidirectional))],
        AttentionVariant.Bidirectional, CPU, ownTerms);

    private double[] ComputeExpected(bool isBiased = true) =>
    [
        .. Texts.Index().SelectMany(text =>
        {
            var logits = new ReferenceEncoder(Config, _weights)
                .ComputeLogits([.. Head, .. text.Item], causal: false)[Head.Length..];
            return Enumerable.Range(0, Output).Select(row =>
            {
                var own = isBiased ? OwnTerms[text.Index].GetValueOrDefault(row) * _bias[row] : 0;
                return Math.Log(1 + Math.Max(0, logits.Max(position => position[row]) + own));
            });
        }),
    ];
}
