using LuceneLsr.Encoding;
using LuceneLsr.TestSupport;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Checkpoints;

public sealed class CheckpointTests : IDisposable
{
    private static readonly LsrSettings Settings =
        TinyCheckpoint.Settings with { Variant = AttentionVariant.Echo, AddBos = true };

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _saved = new();

    public void Dispose()
    {
        _folder.Dispose();
        _saved.Dispose();
    }

    [Theory]
    [InlineData("F32")]
    [InlineData("F16")]
    [InlineData("BF16")]
    public void Loads_the_weights_of_another_program_exactly(string dtype)
    {
        // Multiples of 1/64 below 4 have no more digits than each of the three types holds.
        var config = TinyModel.Untied(TinyModel.Config, outputSize: 50);
        var weights = LlamaWeights.Random(config, seed: 12).Map(value => MathF.Round(value * 64) / 64);
        TinyCheckpoint.Write(_folder, config, weights, Settings, Terms(50));
        _folder.Write(Checkpoint.WeightsFileName, ForeignSafetensors.Bytes(weights, dtype));
        using var checkpoint = Checkpoint.Load(_folder.Path);
        Assert.All(weights.Names, name => Assert.Equal(weights[name], Values(checkpoint, name)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Saved_in_full_every_weight_comes_back_exactly(bool tied)
    {
        using var checkpoint = Source(tied, out var weights);
        using var again = SaveAndLoad(checkpoint, compact: false);
        Assert.Equal(checkpoint.Model.Config, again.Model.Config);
        Assert.Equal(Settings, again.Settings);
        Assert.Equal(checkpoint.Terms.Fingerprint(), again.Terms.Fingerprint());
        Assert.All(weights.Names, name => Assert.Equal(weights[name], Values(again, name)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Saved_compactly_every_weight_comes_back_within_its_bound(bool tied)
    {
        using var checkpoint = Source(tied, out var weights);
        using var again = SaveAndLoad(checkpoint, compact: true);
        foreach (var name in weights.Names)
        {
            var isRows = name is "model.embed_tokens.weight" or "lm_head.weight";
            foreach (var (row, restored) in Rows(weights, name).Zip(Values(again, name).Chunk(weights.Shape(name)[^1])))
            {
                var halfStep = row.Max(Math.Abs) / 127 / 2;
                Assert.All(row.Zip(restored), pair => Assert.InRange(
                    Math.Abs(pair.Second - pair.First), 0, isRows ? halfStep * 1.001f : Math.Abs(pair.First) / 256));
            }
        }
    }

    [Fact]
    public void Saved_compactly_embeddings_and_head_are_bytes_and_all_else_is_BF16()
    {
        using var checkpoint = Source(tied: false, out var weights);
        checkpoint.Save(_saved.Path, compact: true);
        var file = SafetensorsFile.Open(_saved.File(Checkpoint.WeightsFileName));
        string[] rows = ["lm_head.weight", "model.embed_tokens.weight"];
        Assert.Equal(weights.Names.Concat(rows.Select(name => name + "_scale")).Order(), file.Names.Order());
        foreach (var name in file.Names)
        {
            using var stored = file.Read(name);
            var expected = rows.Contains(name) ? ScalarType.Int8
                : name.EndsWith("_scale", StringComparison.Ordinal) ? ScalarType.Float32 : ScalarType.BFloat16;
            Assert.Equal(expected, stored.dtype);
        }
    }

    [Fact]
    public void A_new_checkpoint_can_be_saved_where_no_directory_is()
    {
        var directory = _saved.File("new");
        using var checkpoint = Source(tied: true, out _);
        checkpoint.SaveWithTokenizer(_folder.Path, directory, compact: false);
        using var again = Checkpoint.Load(directory);
        Assert.Equal(checkpoint.Terms.Count, again.Terms.Count);
    }

    private Checkpoint Source(bool tied, out LlamaWeights weights)
    {
        var config = tied ? TinyModel.Config : TinyModel.Untied(TinyModel.Config, outputSize: 50);
        weights = LlamaWeights.Random(config, seed: 13);
        TinyCheckpoint.Write(_folder, config, weights, Settings, tied ? null : Terms(50));
        return Checkpoint.Load(_folder.Path);
    }

    private Checkpoint SaveAndLoad(Checkpoint checkpoint, bool compact)
    {
        checkpoint.SaveWithTokenizer(_folder.Path, _saved.Path, compact);
        return Checkpoint.Load(_saved.Path);
    }

    private static IEnumerable<string> Terms(int count) => Enumerable.Range(0, count).Select(row => $"term{row}");

    private static IEnumerable<float[]> Rows(LlamaWeights weights, string name) =>
        weights[name].Chunk(weights.Shape(name)[^1]);

    private static float[] Values(Checkpoint checkpoint, string name) =>
        checkpoint.Model.get_parameter(name)!.data<float>().ToArray();
}
