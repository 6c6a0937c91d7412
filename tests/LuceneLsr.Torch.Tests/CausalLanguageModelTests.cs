using LuceneLsr.Encoding;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests;

public class CausalLanguageModelTests
{
    private static readonly int[] Head = [TinyTokenizer.Bos, 5];

    public static MatrixTheoryData<AttentionVariant, int, int, bool> Architectures { get; } =
        new(Enum.GetValues<AttentionVariant>(), [4, 2, 1], [4, 10], [true, false]);

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Every_logit_of_a_padded_batch_is_that_of_the_text_alone_by_the_published_formulas(
        AttentionVariant variant, int keyValueHeads, int headDim, bool tied)
    {
        var config = Config(keyValueHeads, headDim, tied);
        var weights = LlamaWeights.Random(config, seed: 1);
        var reference = new ReferenceLlama(config, weights);
        var texts = TinyModel.Texts(seed: 2, 6, 1, 13, 9);
        using var model = TinyModel.Create(config, weights);
        using var batch = TokenBatch.Create(texts, Head, variant, CPU);
        using var scope = NewDisposeScope();
        var logits = model.Logits(model.forward(batch)); // [batch, length, output]
        foreach (var (row, text) in texts.Index())
        {
            var fed = ReferenceLlama.Fed(Head, text, variant);
            var expected = reference.Logits(fed, causal: variant != AttentionVariant.Bidirectional);
            var actual = logits[row].narrow(0, 0, fed.Count); // [fed, output]
            Near.Equal([.. expected.SelectMany(position => position)], actual.data<float>().ToArray());
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Parameters_bear_the_names_of_Hugging_Face_checkpoints(bool tied)
    {
        var config = Config(keyValueHeads: 2, headDim: 4, tied);
        using var model = new CausalLanguageModel(config);
        Assert.Equal(
            LlamaWeights.Zero(config).Names.Order(),
            model.named_parameters().Select(parameter => parameter.name).Order());
    }

    /// <summary>
    /// TorchSharp replaces parameters when a module moves to another dtype or device, and must find all their fields.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_moved_model_computes_the_same(bool tied)
    {
        var config = Config(keyValueHeads: 2, headDim: 4, tied);
        using var scope = NewDisposeScope();
        using var model = TinyModel.Create(config, LlamaWeights.Random(config, seed: 1));
        using var batch = TokenBatch.Create(TinyModel.Texts(1, 5, 3), [], AttentionVariant.Causal, CPU);
        var before = model.Logits(model.forward(batch)).data<float>().ToArray();
        model.to(ScalarType.Float64);
        var moved = model.Logits(model.forward(batch));
        Assert.Equal(ScalarType.Float64, moved.dtype);
        Near.Equal(moved.data<double>().ToArray(), before);
    }

    private static LlamaConfig Config(int keyValueHeads, int headDim, bool tied)
    {
        var config = TinyModel.Config with { NumKeyValueHeads = keyValueHeads, HeadDim = headDim };
        return tied ? config : TinyModel.Untied(config, outputSize: 40);
    }
}
