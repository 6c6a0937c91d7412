using System.Numerics.Tensors;
using CsCheck;
using LuceneLsr.Onnx.Export.Tests.Support;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Weights;
using Onnx;
using static TorchSharp.torch;

namespace LuceneLsr.Onnx.Export.Tests;

/// <summary>TorchSharp computes the expected weights.</summary>
public sealed class OnnxExporterTests : IDisposable
{
    private static readonly DecoderConfig Decoder = RandomCheckpoint.Decoder;

    private readonly TemporaryFolder _source = new();
    private readonly TemporaryFolder _target = new();

    public void Dispose()
    {
        _source.Dispose();
        _target.Dispose();
    }

    [Fact]
    public void Export_decoder_of_any_shape_and_settings_matches_torch() =>
        AssertAllMatch(from config in RandomCheckpoint.Decoders select (ModelConfig)config);

    [Fact]
    public void Export_encoder_of_any_shape_and_settings_matches_torch() =>
        AssertAllMatch(from config in RandomCheckpoint.Encoders select (ModelConfig)config);

    /// <summary>TorchSharp quantizes the same weights, but not the inputs of products.</summary>
    [Theory]
    [InlineData(Precision.Int8)]
    [InlineData(Precision.Int4)]
    public void Export_quantized_is_close_to_torch_with_quantized_weights(Precision precision)
    {
        var config = Decoder with { NumHiddenLayers = 1 };
        using var checkpoint = RandomCheckpoint.Create(_source, config, new(), seed: 1);
        checkpoint.Save(_source.Path, Precision.Float32);
        OnnxExporter.Export(checkpoint, _source.Path, _target.Path, RandomCheckpoint.LikeTorch(precision));
        using var torch = new TorchSparseEncoder(Checkpoint.Load(_source.Path, precision));
        var (expected, actual) = ComputeWeights(torch, checkpoint.Layout, TextSide.Query);
        Assert.InRange(TensorPrimitives.CosineSimilarity<float>(expected, actual), 0.99f, 1);
    }

    [Fact]
    public void Identity_of_exported_model_is_the_same_in_both_libraries()
    {
        using var checkpoint = RandomCheckpoint.Create(_source, Decoder, new(), seed: 1);
        OnnxExporter.Export(checkpoint, _source.Path, _target.Path, OnnxExportOptions.All(Precision.Float32));
        using var onnx = OnnxSparseEncoder.Load(_target.Path);
        using var torch = TorchSparseEncoder.Load(_target.Path, precision: Precision.Int8);
        Assert.NotNull(onnx.Identity);
        Assert.Equal(onnx.Identity, torch.Identity);
    }

    [Fact]
    public void Export_int8_weights_do_not_depend_on_other_texts_of_batch()
    {
        using var checkpoint = RandomCheckpoint.Create(_source, Decoder, new(), seed: 2);
        OnnxExporter.Export(checkpoint, _source.Path, _target.Path, OnnxExportOptions.All(Precision.Int8));
        using var encoder = OnnxSparseEncoder.Load(_target.Path);
        TokenSequence[] texts =
            [.. CreateTexts(seed: 2).Select(text => checkpoint.Layout.Arrange(text, TextSide.Query))];
        var alone = texts.SelectMany(text => encoder.ComputeWeights([text], TextSide.Query));
        Assert.All(
            alone.Zip(encoder.ComputeWeights(texts, TextSide.Query)),
            pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    /// <summary>
    /// A file stores q x s. It has one largest |q| of 127 per row, or of 8 per group, so both are found again.
    /// </summary>
    [Theory]
    [InlineData(Precision.Int8)]
    [InlineData(Precision.Int4)]
    public void Export_of_quantized_checkpoint_keeps_its_integers(Precision precision)
    {
        using (var checkpoint = RandomCheckpoint.Create(_source, Decoder, new(), seed: 3))
        {
            checkpoint.Save(_source.Path, precision);
        }

        using var stored = Checkpoint.Load(_source.Path);
        OnnxExporter.Export(stored, _source.Path, _target.Path, RandomCheckpoint.LikeTorch(precision));
        var file = SafetensorsFile.Open(_source.File(Checkpoint.WeightsFileName));
        var graph = ModelProto.Parser.ParseFrom(File.ReadAllBytes(_target.File("model.onnx"))).Graph;
        string[] names = ["model.layers.1.mlp.down_proj.weight", "lm_head.weight"];
        Assert.All(names, name =>
        {
            using var tensor = file.Read(name);
            Assert.Equal(tensor.bytes.ToArray(), graph.Initializer.Single(weight => weight.Name == name).RawData);
        });
    }

    [Fact]
    public void Export_needs_positions_and_side_only_if_settings_depend_on_them()
    {
        Assert.Equal(["input_ids", "attention_mask"], GetInputs(new()));
        Assert.Equal(
            ["input_ids", "attention_mask"], GetInputs(new() { AddBos = true, PooledTokens = PooledTokens.All }));
        Assert.Equal(["input_ids", "attention_mask", "pooled_positions"], GetInputs(new() { AddBos = true }));
        Assert.Equal(
            ["input_ids", "attention_mask", "is_document"],
            GetInputs(new() { DocumentLengthNormalization = new(0.5f, 10) }));
    }

    [Fact]
    public void Export_of_checkpoint_with_lexical_weights_encodes_as_torch_does()
    {
        var settings = new LsrSettings { DocumentTermFrequency = new(1.2f, 0.75f, 4), MaxTerms = new(1000, 1000) };
        using var checkpoint = RandomCheckpoint.Create(
            _source, Decoder with { OutputSize = TinyTokenizer.Size }, settings, seed: 8, "cat\t40\ndog\t30\n");
        using var torch = new TorchSparseEncoder(checkpoint);
        OnnxExporter.Export(checkpoint, _source.Path, _target.Path, new());
        using var onnx = OnnxSparseEncoder.Load(_target.Path);
        var cancellation = TestContext.Current.CancellationToken;
        var expected = torch.Encode(["cat dog cat"], TextSide.Document, cancellation).Single();
        var actual = onnx.Encode(["cat dog cat"], TextSide.Document, cancellation).Single();
        Assert.Equal(["cat", "dog"], actual.Entries.Take(2).Select(entry => entry.Term)); // far above all others
        Assert.Equal(
            expected.Entries.ToDictionary(entry => entry.Term, entry => MathF.Round(entry.Weight, 3)),
            actual.Entries.ToDictionary(entry => entry.Term, entry => MathF.Round(entry.Weight, 3)));
    }

    [Fact]
    public void Export_bfloat16_throws()
    {
        using var checkpoint = RandomCheckpoint.Create(_source, Decoder, new(), seed: 4);
        var exception = Assert.Throws<ArgumentException>(() => OnnxExporter.Export(
            checkpoint, _source.Path, _target.Path, OnnxExportOptions.All(Precision.BFloat16)));
        Assert.StartsWith("BFloat16 is not supported in ONNX files.", exception.Message);
    }

    [Fact]
    public void Export_of_large_model_has_weights_in_second_file()
    {
        using var checkpoint = RandomCheckpoint.Create(_source, Decoder, new(), seed: 5);
        using var torch = new TorchSparseEncoder(checkpoint);
        OnnxExporter.Export(checkpoint, _source.Path, _target.Path, new());
        OnnxExporter.CreateGraph(checkpoint, new()).Write(_target.File("model.onnx"), maxInlineBytes: 10_000);
        Assert.InRange(new FileInfo(_target.File("model.onnx")).Length, 1, 60_000);
        Assert.InRange(new FileInfo(_target.File("model.onnx.data")).Length, 100_000, long.MaxValue);
        var (expected, actual) = ComputeWeights(torch, checkpoint.Layout, TextSide.Query);
        AssertNear(expected, actual, 1e-4);
    }

    private static void AssertNear(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.True(expected.Max() > 0.1);
        Assert.InRange(expected.Zip(actual, (first, second) => Math.Abs(first - second)).Max(), 0, tolerance);
    }

    private static IEnumerable<int[]> CreateTexts(int seed)
    {
        var random = new Random(seed);
        return new[] { 9, 1, 5 }.Select(length =>
            Enumerable.Range(0, length).Select(_ => random.Next(TinyTokenizer.Size)).ToArray());
    }

    private void AssertAllMatch(Gen<ModelConfig> configs) =>
        (from config in configs
         from settings in RandomCheckpoint.Settings
         from seed in Gen.Int[0, 1000]
         select (config, settings, seed)).Sample(
            one => AssertMatches(one.config, one.settings, one.seed), iter: 40, threads: 1);

    private void AssertMatches(ModelConfig config, LsrSettings settings, int seed)
    {
        using var checkpoint = RandomCheckpoint.Create(_source, config, settings, seed);
        using var torch = new TorchSparseEncoder(checkpoint);
        OnnxExporter.Export(checkpoint, _source.Path, _target.Path, new());
        foreach (var side in Enum.GetValues<TextSide>())
        {
            var (expected, actual) = ComputeWeights(torch, checkpoint.Layout, side, seed);
            AssertNear(expected, actual, 1e-4);
        }
    }

    private (float[] Expected, float[] Actual) ComputeWeights(
        TorchSparseEncoder torch, TextLayout layout, TextSide side, int seed = 0)
    {
        using var onnx = OnnxSparseEncoder.Load(_target.Path, new() { Threads = 1 });
        TokenSequence[] texts = [.. CreateTexts(seed).Select(text => layout.Arrange(text, side))];
        return (torch.ComputeWeights(texts, side), onnx.ComputeWeights(texts, side));
    }

    private string[] GetInputs(LsrSettings settings)
    {
        using var checkpoint = RandomCheckpoint.Create(_source, Decoder, settings, seed: 6);
        OnnxExporter.Export(checkpoint, _source.Path, _target.Path, new());
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(_target.File("model.onnx")));
        return [.. model.Graph.Input.Select(input => input.Name)];
    }
}
