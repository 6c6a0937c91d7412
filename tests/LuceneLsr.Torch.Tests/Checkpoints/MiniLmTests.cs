using System.Text.Json;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Checkpoints;

/// <summary>
/// The published weights of all-MiniLM-L6-v2, a BERT without a head. Expected embeddings are those of ONNX Runtime
/// (Reference/MiniLm). The directory exists on some machines only.
/// </summary>
public class MiniLmTests
{
    private static readonly Expected[] Texts = JsonSerializer.Deserialize<Expected[]>(
        typeof(MiniLmTests).Assembly.GetManifestResourceStream("MiniLm.embeddings.json")!, JsonSerializerOptions.Web)!;

    /// <summary>
    /// The stored weights are F16, which has 11 significant bits. ONNX Runtime used the F32 weights that they were
    /// rounded from.
    /// </summary>
    [Theory]
    [InlineData(Precision.Float32, 0.001)]
    [InlineData(Precision.Int8, 0.05)]
    public void Mean_of_hidden_states_matches_onnx_runtime(Precision precision, double tolerance)
    {
        RequireModel();
        using var scope = NewDisposeScope();
        using var mode = inference_mode();
        using var model = ModelLoader.Load(
            SharedModels.MiniLm, ModelConfig.Load(SharedModels.MiniLm), precision, CPU);
        using var batch = TokenBatch.Create(
            [.. Texts.Select(text => text.Ids)], [], AttentionVariant.Bidirectional, CPU);
        var hidden = model.forward(batch); // [batch, length, 384]
        foreach (var (row, text) in Texts.Index())
        {
            var mean = hidden[row].narrow(0, 0, text.Ids.Length).mean([0]).data<float>().ToArray();
            var distance = Math.Sqrt(text.Embedding.Zip(mean, (x, y) => (x - y) * (x - y)).Sum());
            Assert.InRange(distance / Math.Sqrt(text.Embedding.Sum(x => x * x)), 0, tolerance);
        }
    }

    /// <summary>Texts of different lengths share a batch, so padding must not count.</summary>
    [Fact]
    public void Dense_encoder_with_mean_pooling_matches_onnx_runtime()
    {
        RequireModel();
        using var encoder = TorchDenseEncoder.Load(SharedModels.MiniLm);
        var vectors = encoder.Encode(
            [.. Texts.Select(text => text.Text)], TextSide.Document, TestContext.Current.CancellationToken);
        foreach (var (text, vector) in Texts.Zip(vectors))
        {
            var length = Math.Sqrt(text.Embedding.Sum(x => x * x));
            Assert.Equal(1, text.Embedding.Zip(vector, (x, y) => x / length * y).Sum(), 1e-5);
        }
    }

    /// <summary>A prefix is read as part of the text, and the state of its first token is that of the whole.</summary>
    [Fact]
    public void Dense_encoder_with_first_token_pooling_takes_state_of_first_token()
    {
        RequireModel();
        using var encoder = TorchDenseEncoder.Load(
            SharedModels.MiniLm,
            new() { Pooling = DensePooling.FirstToken, Prefix = new("", "a cat "), Normalize = false });
        var vector = encoder.Encode(["sings", "x"], TextSide.Document, TestContext.Current.CancellationToken)[0];
        using var scope = NewDisposeScope();
        using var mode = inference_mode();
        using var model = ModelLoader.Load(
            SharedModels.MiniLm, ModelConfig.Load(SharedModels.MiniLm), Precision.Float32, CPU);
        var template = TextTokenizer.Load(SharedModels.MiniLm).Template;
        using var batch = TokenBatch.Create(
            [[.. template.Before, .. TextTokenizer.Load(SharedModels.MiniLm).Encode("a cat sings"), .. template.After]],
            [],
            AttentionVariant.Bidirectional, CPU);
        var expected = model.forward(batch)[0, 0].data<float>().ToArray();
        Assert.All(expected.Zip(vector), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void Dense_encoder_with_more_tokens_than_positions_is_rejected()
    {
        RequireModel();
        Assert.Contains("MaxTokens needs 513 positions, but the model's context length is 512",
            Assert.Throws<CheckpointException>(
                () => TorchDenseEncoder.Load(SharedModels.MiniLm, new() { MaxTokens = 513 })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_between_start_and_end_match_worked_out_ids()
    {
        RequireModel();
        var tokenizer = TextTokenizer.Load(SharedModels.MiniLm);
        Assert.All(Texts, text => Assert.Equal(text.Ids[1..^1], tokenizer.Encode(text.Text)));
    }

    [Fact]
    public void Load_as_sparse_encoder_throws()
    {
        RequireModel();
        Assert.Contains("the model has no head that weighs terms",
            Assert.Throws<CheckpointException>(() => Checkpoint.Load(SharedModels.MiniLm)).Message,
            StringComparison.Ordinal);
    }

    private static void RequireModel() =>
        Assert.SkipUnless(Directory.Exists(SharedModels.MiniLm), SharedModels.MiniLmIsMissing);

    private sealed record Expected(string Text, int[] Ids, double[] Embedding);
}
