using CsCheck;
using Google.Protobuf;
using LuceneLsr.Onnx.Export.Tests.Support;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Weights;
using Onnx;
using static TorchSharp.torch;

namespace LuceneLsr.Onnx.Export.Tests;

/// <summary>TorchSharp reads the weights in an exported <c>model.onnx</c>.</summary>
public sealed class ExportedWeightsTests : IDisposable
{
    private readonly TemporaryFolder _source = new();
    private readonly TemporaryFolder _target = new();

    public void Dispose()
    {
        _source.Dispose();
        _target.Dispose();
    }

    [Fact]
    public void Load_of_exported_decoder_gives_weights_of_its_checkpoint() => AssertSameWeights(
        from config in RandomCheckpoint.Decoders select (ModelConfig)config,
        Precision.Float32, Precision.Int8, Precision.Int4);

    /// <summary>The transform below a head has 4 bits in an export and 8 in a checkpoint, so 4 are left out.</summary>
    [Fact]
    public void Load_of_exported_encoder_gives_weights_of_its_checkpoint() => AssertSameWeights(
        from config in RandomCheckpoint.Encoders select (ModelConfig)config, Precision.Float32, Precision.Int8);

    [Fact]
    public void Load_of_directory_with_both_files_reads_safetensors()
    {
        Export();
        using var other = RandomCheckpoint.Create(_source, RandomCheckpoint.Decoder, new(), seed: 2);
        other.Save(_target.Path, Precision.Float32);
        using var loaded = Checkpoint.Load(_target.Path);
        AssertSame(other.Model, loaded.Model);
    }

    /// <summary>Damage to the checksum's own field hides it, and then everything before it is intact.</summary>
    [Fact]
    public void Load_of_export_with_any_byte_changed_throws_or_gives_the_same_weights()
    {
        using var checkpoint = Export();
        var path = Path.Combine(_target.Path, OnnxFile.FileName);
        var intact = File.ReadAllBytes(path);
        Gen.Select(Gen.Int[0, intact.Length - 1], Gen.Byte[1, 255]).Sample(
            (position, change) =>
            {
                byte[] damaged = [.. intact];
                damaged[position] ^= change;
                File.WriteAllBytes(path, damaged);
                try
                {
                    using var loaded = Checkpoint.Load(_target.Path);
                    AssertSame(checkpoint.Model, loaded.Model);
                    using var encoder = OnnxSparseEncoder.Load(_target.Path);
                    Assert.True(position > intact.Length - 50);
                }
                catch (CheckpointException exception)
                {
                    Assert.Contains(path, exception.Message, StringComparison.Ordinal);
                }
            },
            iter: 200,
            threads: 1);
    }

    [Fact]
    public void Load_of_export_with_second_file_is_rejected()
    {
        using var checkpoint = Export();
        OnnxExporter.CreateGraph(checkpoint, new()).Write(_target.File("model.onnx"), maxInlineBytes: 10_000);
        AssertRejected("is in another file, which only ONNX Runtime reads.");
    }

    [Fact]
    public void Load_of_export_for_another_config_is_rejected()
    {
        Export();
        using var other = RandomCheckpoint.Create(
            _source, RandomCheckpoint.Decoder with { IntermediateSize = 8 }, new(), seed: 2);
        other.Config.Save(_target.Path);
        AssertRejected("but config.json requires");
    }

    [Fact]
    public void Load_of_truncated_export_is_rejected()
    {
        Export();
        var path = _target.File("model.onnx");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^100]);
        AssertRejected("not an ONNX model, or truncated");
    }

    [Fact]
    public void Load_of_export_with_duplicate_tensor_is_rejected()
    {
        Export();
        var path = _target.File("model.onnx");
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        var tensor = model.Graph.Initializer.First(initializer => initializer.Name == "lm_head.weight");
        model.Graph.Initializer.Add(tensor);
        model.MetadataProps.Clear(); // the checksum
        File.WriteAllBytes(path, model.ToByteArray());
        AssertRejected("duplicate tensor 'lm_head.weight'");
    }

    private static void AssertSame(LanguageModel expected, LanguageModel actual) => Assert.All(
        expected.named_parameters().Zip(actual.named_parameters()), pair =>
        {
            Assert.Equal(pair.First.name, pair.Second.name);
            Assert.True(pair.First.parameter.Equals(pair.Second.parameter), pair.First.name);
        });

    private void AssertSameWeights(Gen<ModelConfig> configs, params Precision[] precisions) =>
        (from config in configs
         from seed in Gen.Int[1, 1000]
         from precision in Gen.Int[0, precisions.Length - 1].Select(index => precisions[index])
         select (config, seed, precision)).Sample(
            model => AssertSameWeights(model.config, model.seed, model.precision), iter: 30, threads: 1);

    private void AssertSameWeights(ModelConfig config, int seed, Precision precision)
    {
        using var checkpoint = RandomCheckpoint.Create(_source, config, new(), seed);
        checkpoint.Save(_source.Path, precision);
        using var stored = ModelLoader.Load(_source.Path, config, Precision.Float32, CPU);
        OnnxExporter.Export(
            new Checkpoint(stored, checkpoint.Space), _source.Path, _target.Path, RandomCheckpoint.LikeTorch(precision));
        using var loaded = ModelLoader.Load(_target.Path, config, Precision.Float32, CPU);
        AssertSame(stored, loaded);
    }

    private Checkpoint Export()
    {
        var checkpoint = RandomCheckpoint.Create(_source, RandomCheckpoint.Decoder, new(), seed: 1);
        OnnxExporter.Export(checkpoint, _source.Path, _target.Path, new());
        return checkpoint;
    }

    private void AssertRejected(string problem)
    {
        var exception = Assert.Throws<CheckpointException>(() => Checkpoint.Load(_target.Path));
        Assert.StartsWith(_target.File("model.onnx"), exception.Message, StringComparison.Ordinal);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }
}
