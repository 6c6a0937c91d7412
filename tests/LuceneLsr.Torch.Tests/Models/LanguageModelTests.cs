using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using LuceneLsr.TorchTestSupport;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Models;

public class LanguageModelTests
{
    private static readonly int[] Head = [TinyTokenizer.Bos, 5];

    public static MatrixTheoryData<AttentionVariant, int, int, bool> Architectures { get; } =
        new(Enum.GetValues<AttentionVariant>(), [4, 2, 1], [4, 10], [true, false]);

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Logits_of_padded_batch_match_reference_for_each_text(
        AttentionVariant variant, int keyValueHeads, int headDim, bool tied)
    {
        var config = Config(keyValueHeads, headDim, tied);
        var weights = ReferenceWeights.Random(config, seed: 1);
        var reference = new ReferenceDecoder(config, weights);
        var texts = TinyModel.CreateTexts(seed: 2, 6, 1, 13, 9);
        using var model = TinyModel.Create(config, weights);
        using var batch = TokenBatch.Create(texts, Head, variant, CPU);
        using var scope = NewDisposeScope();
        var logits = model.ComputeLogits(model.forward(batch)); // [batch, length, output]
        foreach (var (row, text) in texts.Index())
        {
            var tokens = ReferenceDecoder.LayOut(Head, text, variant);
            var expected = reference.ComputeLogits(tokens, causal: variant != AttentionVariant.Bidirectional);
            var actual = logits[row].narrow(0, 0, tokens.Count); // [tokens, output]
            Near.Equal([.. expected.SelectMany(position => position)], actual.data<float>().ToArray());
        }
    }

    private static readonly Dictionary<string, DecoderConfig> Families = CreateFamilies();

    /// <summary>How model families differ from Llama 2, one by one and all together.</summary>
    public static TheoryData<string> Differences { get; } = [.. Families.Keys];

    [Theory]
    [MemberData(nameof(Differences))]
    public void Logits_of_model_family_match_reference(string difference)
    {
        var config = Families[difference];
        var plain = Families["none"];
        foreach (var variant in Enum.GetValues<AttentionVariant>())
        {
            var weights = ReferenceWeights.Random(config, seed: 4);
            var reference = new ReferenceDecoder(config, weights);
            var texts = TinyModel.CreateTexts(seed: 5, 9, 3);
            using var scope = NewDisposeScope();
            using var model = TinyModel.Create(config, weights);
            using var batch = TokenBatch.Create(texts, Head, variant, CPU);
            var logits = model.ComputeLogits(model.forward(batch));
            var tokens = ReferenceDecoder.LayOut(Head, texts[0], variant);
            var expected = reference.ComputeLogits(tokens, causal: variant != AttentionVariant.Bidirectional);
            var actual = logits[0].narrow(0, 0, tokens.Count); // [tokens, output]
            Near.Equal([.. expected.SelectMany(position => position)], actual.data<float>().ToArray());
            var without = new ReferenceDecoder(plain, weights.CopyFor(plain))
                .ComputeLogits(tokens, causal: variant != AttentionVariant.Bidirectional);
            Assert.Equal(difference == "none", Math.Abs(expected[^1][0] - without[^1][0]) < 1e-6);
        }
    }

    [Fact]
    public void Logits_of_tied_head_with_bias_match_reference()
    {
        var config = TinyModel.Config with { OutputBias = true };
        var weights = ReferenceWeights.Random(config, seed: 6);
        var text = Assert.Single(TinyModel.CreateTexts(seed: 7, 5));
        using var scope = NewDisposeScope();
        using var model = TinyModel.Create(config, weights);
        using var batch = TokenBatch.Create([text], [], AttentionVariant.Causal, CPU);
        var expected = new ReferenceDecoder(config, weights).ComputeLogits(text, causal: true);
        Near.Equal(
            [.. expected.SelectMany(position => position)],
            model.ComputeLogits(model.forward(batch)).data<float>().ToArray());
        Assert.Contains("lm_head.bias", model.named_parameters().Select(parameter => parameter.name));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Parameters_have_hugging_face_names(bool tied)
    {
        var config = Config(keyValueHeads: 2, headDim: 4, tied);
        using var model = new LanguageModel(config);
        Assert.Equal(
            ReferenceWeights.Zero(config).Names.Order(),
            model.named_parameters().Select(parameter => parameter.name).Order());
    }

    /// <summary>
    /// TorchSharp replaces parameters when a module moves to another dtype or device, and must update all fields.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Logits_are_unchanged_after_moving_model(bool tied)
    {
        var config = Config(keyValueHeads: 2, headDim: 4, tied);
        using var scope = NewDisposeScope();
        using var model = TinyModel.Create(config, ReferenceWeights.Random(config, seed: 1));
        using var batch = TokenBatch.Create(TinyModel.CreateTexts(1, 5, 3), [], AttentionVariant.Causal, CPU);
        var before = model.ComputeLogits(model.forward(batch)).data<float>().ToArray();
        model.to(ScalarType.Float64);
        var moved = model.ComputeLogits(model.forward(batch));
        Assert.Equal(ScalarType.Float64, moved.dtype);
        Near.Equal(moved.data<double>().ToArray(), before);
    }

    private static Dictionary<string, DecoderConfig> CreateFamilies()
    {
        var plain = TinyModel.Untied(TinyModel.Config, outputSize: 40);
        var bands = new RopeScaling(8, new FrequencyBands(1, 4, 32)); // wavelengths here are 6 and 63
        return new()
        {
            ["none"] = plain,
            ["query, key and value biases"] = plain with { QueryKeyValueBias = true },
            ["attention output bias"] = plain with { AttentionOutputBias = true },
            ["feed-forward biases"] = plain with { FeedForwardBias = true },
            ["query and key norms"] = plain with { QueryKeyNorm = true },
            ["linear scaling"] = plain with { RopeScaling = new(3) },
            ["llama3 scaling"] = plain with { RopeScaling = bands },
            ["llama3 scaling between the bands"] = plain with
            {
                RopeScaling = bands with { Bands = bands.Bands! with { OriginalMaxPositionEmbeddings = 150 } },
            },
            ["sliding window"] = plain with { SlidingWindow = 4 },
            ["sliding window in upper layers"] = plain with { SlidingWindow = 4, FirstSlidingWindowLayer = 1 },
            ["all"] = plain with
            {
                QueryKeyValueBias = true,
                AttentionOutputBias = true,
                FeedForwardBias = true,
                QueryKeyNorm = true,
                RopeScaling = bands,
                SlidingWindow = 3,
            },
        };
    }

    private static DecoderConfig Config(int keyValueHeads, int headDim, bool tied)
    {
        var config = TinyModel.Config with { NumKeyValueHeads = keyValueHeads, HeadDim = headDim };
        return tied ? config : TinyModel.Untied(config, outputSize: 40);
    }
}
