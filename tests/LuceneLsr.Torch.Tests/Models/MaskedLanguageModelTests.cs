using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using LuceneLsr.TorchTestSupport;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Models;

public class MaskedLanguageModelTests
{
    private static readonly int[] Head = [TinyTokenizer.Bos, 5];

    public static MatrixTheoryData<string, AttentionVariant, bool, bool> Architectures { get; } =
        new(TinyEncoder.Families, Enum.GetValues<AttentionVariant>(), [true, false], [true, false]);

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Logits_of_padded_batch_match_reference_for_each_text(
        string family, AttentionVariant variant, bool tied, bool hasTransform)
    {
        var config = Config(family, tied) with { HeadTransform = hasTransform };
        var weights = ReferenceWeights.Random(config, seed: 1);
        var reference = new ReferenceEncoder(config, weights);
        var texts = TinyModel.CreateTexts(seed: 2, 6, 1, 13, 9);
        using var scope = NewDisposeScope();
        using var model = TinyModel.Create(config, weights);
        using var batch = TokenBatch.Create(texts, Head, variant, CPU);
        var logits = model.ComputeLogits(model.forward(batch)); // [batch, length, output]
        foreach (var (row, text) in texts.Index())
        {
            var tokens = ReferenceModel.LayOut(Head, text, variant);
            var expected = reference.ComputeLogits(tokens, causal: variant != AttentionVariant.Bidirectional);
            var actual = logits[row].narrow(0, 0, tokens.Count); // [tokens, output]
            Near.Equal([.. expected.SelectMany(position => position)], actual.data<float>().ToArray());
        }
    }

    /// <summary>Erf and not its approximation by tanh: they differ by 5e-4 at 2.</summary>
    [Fact]
    public void Activation_is_exact_gelu() => Assert.Equal(
        1.9544997361, nn.functional.gelu(tensor(2.0)).item<double>(), 1e-9); // 2 x 0.97724986805, normal table

    [Theory]
    [MemberData(nameof(FamiliesAndHeads))]
    public void Parameters_have_hugging_face_names(string family, bool tied, bool hasTransform)
    {
        var config = Config(family, tied) with { HeadTransform = hasTransform };
        using var model = new LanguageModel(config);
        Assert.Equal(
            ReferenceWeights.Zero(config).Names.Order(),
            model.named_parameters().Select(parameter => parameter.name).Order());
    }

    public static MatrixTheoryData<string, bool, bool> FamiliesAndHeads { get; } =
        new(TinyEncoder.Families, [true, false], [true, false]);

    [Theory]
    [MemberData(nameof(FamiliesAndHeads))]
    public void Logits_are_unchanged_after_moving_model(string family, bool tied, bool hasTransform)
    {
        var config = Config(family, tied) with { HeadTransform = hasTransform };
        using var scope = NewDisposeScope();
        using var model = TinyModel.Create(config, ReferenceWeights.Random(config, seed: 1));
        using var batch = TokenBatch.Create(TinyModel.CreateTexts(1, 5, 3), [], AttentionVariant.Bidirectional, CPU);
        var before = model.ComputeLogits(model.forward(batch)).data<float>().ToArray();
        model.to(ScalarType.Float64);
        var moved = model.ComputeLogits(model.forward(batch));
        Assert.Equal(ScalarType.Float64, moved.dtype);
        Near.Equal(moved.data<double>().ToArray(), before);
    }

    [Theory]
    [InlineData("bert", 60)]
    [InlineData("xlm-roberta", 58)] // positions count from 2
    public void Longest_text_fills_the_context_length(string family, int length)
    {
        var config = Config(family, tied: true);
        Assert.Equal(length, config.ContextLength);
        var weights = ReferenceWeights.Random(config, seed: 3);
        var text = Assert.Single(TinyModel.CreateTexts(seed: 4, length));
        using var scope = NewDisposeScope();
        using var model = TinyModel.Create(config, weights);
        using var batch = TokenBatch.Create([text], [], AttentionVariant.Bidirectional, CPU);
        var expected = new ReferenceEncoder(config, weights).ComputeLogits(text, causal: false);
        Near.Equal(
            [.. expected.SelectMany(position => position)],
            model.ComputeLogits(model.forward(batch)).data<float>().ToArray());
    }

    private static EncoderConfig Config(string family, bool tied)
    {
        var config = TinyEncoder.Create(family);
        return tied ? config : TinyEncoder.Untied(config, outputSize: 40);
    }
}
