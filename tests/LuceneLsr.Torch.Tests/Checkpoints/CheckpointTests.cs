using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Checkpoints;

public sealed class CheckpointTests : IDisposable
{
    private static readonly LsrSettings Settings =
        TinyCheckpoint.Settings with { Variant = new(AttentionVariant.Echo, AttentionVariant.Causal), AddBos = true };

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
        var weights = ReferenceWeights.Random(config, seed: 12).Map(value => MathF.Round(value * 64) / 64);
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
        using var again = SaveAndLoad(checkpoint, Precision.Float32);
        Assert.Equal(checkpoint.Model.Config, again.Model.Config);
        Assert.Equal(Settings, again.Settings);
        Assert.Equal(checkpoint.Terms.ComputeFingerprint(), again.Terms.ComputeFingerprint());
        Assert.All(weights.Names, name => Assert.Equal(weights[name], Values(again, name)));
    }

    public static MatrixTheoryData<bool, Precision> Saved { get; } =
        new([true, false], [Precision.BFloat16, Precision.Int8, Precision.Int4]);

    // Half a step of a number: of BF16's 8 bits, of 127 to the row's largest weight, of 8 to the group's largest (and up
    // to a whole one at the end that has no step of its own), or of what F16 makes of that.
    [Theory]
    [MemberData(nameof(Saved))]
    public void Every_weight_comes_back_within_the_bound_of_its_precision(bool tied, Precision precision)
    {
        using var checkpoint = Source(tied, out var weights);
        using var again = SaveAndLoad(checkpoint, precision);
        foreach (var name in weights.Names)
        {
            var width = weights.Shape(name)[^1];
            var isMatrix = weights.Shape(name).Length == 2;
            var ofGroups = precision == Precision.Int4 && isMatrix && IsOfLayers(name) && width % 32 == 0;
            foreach (var (row, restored) in weights[name].Chunk(ofGroups ? 32 : width)
                .Zip(Values(again, name).Chunk(ofGroups ? 32 : width)))
            {
                var largest = row.Max(Math.Abs);
                Assert.All(row.Zip(restored), pair => Assert.InRange(
                    Math.Abs(pair.Second - pair.First),
                    0,
                    precision == Precision.BFloat16 || !isMatrix ? Math.Abs(pair.First) / 256
                        : ofGroups ? largest / 8 * 1.01f : largest / 127 / 2 * 1.001f));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Saved))]
    public void The_files_numbers_are_those_of_the_precision(bool tied, Precision precision)
    {
        using var checkpoint = Source(tied, out var weights);
        checkpoint.Save(_saved.Path, precision);
        var file = SafetensorsFile.Open(_saved.File(Checkpoint.WeightsFileName));
        var quantized = weights.Names.Where(name => precision != Precision.BFloat16 && weights.Shape(name).Length == 2);
        Assert.Equal(weights.Names.Concat(quantized.Select(name => name + "_scale")).Order(), file.Names.Order());
        Assert.All(weights.Names, name => Assert.Equal(
            !quantized.Contains(name) ? ScalarType.BFloat16
                : precision == Precision.Int4 && IsOfLayers(name) && weights.Shape(name)[1] % 32 == 0 ? ScalarType.Byte
                : ScalarType.Int8,
            file.Type(name)));
    }

    // Embeddings of 300 rows; in each of two layers 144 rows, 80 of them in whole groups: 17,280 numbers of matrices,
    // 5,120 of them in 160 groups, and 160 of norms.
    [Theory]
    [InlineData(Precision.Float32, (17_280 + 160) * 4)]
    [InlineData(Precision.BFloat16, (17_280 + 160) * 2)]
    [InlineData(Precision.Int8, 17_280 + ((300 + (2 * 144)) * 4) + (160 * 4))]
    [InlineData(Precision.Int4, (5_120 / 2) + (160 * 2) + 12_160 + ((300 + (2 * 64)) * 4) + (160 * 4))]
    public void A_models_size_is_that_of_its_numbers_and_scales(Precision precision, long bytes)
    {
        Source(tied: true, out _).Dispose();
        using var checkpoint = Checkpoint.Load(_folder.Path, precision);
        Assert.Equal(bytes, checkpoint.Model.SizeInBytes);
    }

    [Fact]
    public void A_quantized_model_is_not_saved_again()
    {
        using var checkpoint = Source(tied: true, out _);
        using var quantized = Checkpoint.Load(_folder.Path, Precision.Int8);
        Assert.Contains("load it as Float32", Assert.Throws<InvalidOperationException>(
            () => quantized.Save(_saved.File("new"), Precision.Int8)).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_saved.File("new")));
    }

    [Fact]
    public void A_new_checkpoint_can_be_saved_where_no_directory_is()
    {
        var directory = _saved.File("new");
        using var checkpoint = Source(tied: true, out _);
        checkpoint.SaveWithFilesOf(_folder.Path, directory, Precision.Float32);
        using var again = Checkpoint.Load(directory);
        Assert.Equal(checkpoint.Terms.Count, again.Terms.Count);
    }

    [Fact]
    public void Whichever_file_the_tokenizer_is_in_is_saved()
    {
        using var checkpoint = Source(tied: true, out _);
        File.Move(_folder.File(TextTokenizer.FileName), _folder.File(TextTokenizer.SentencePieceFileName));
        checkpoint.SaveWithFilesOf(_folder.Path, _saved.Path, Precision.Float32);
        Assert.Equal(TinyTokenizer.Json(), File.ReadAllText(_saved.File(TextTokenizer.SentencePieceFileName)));
    }

    [Fact]
    public void The_table_of_query_weights_goes_along()
    {
        using var checkpoint = Source(tied: true, out _);
        _folder.Write("query_weights.txt", "cat 1.5\n");
        checkpoint.SaveWithFilesOf(_folder.Path, _saved.Path, Precision.Float32);
        Assert.Equal("cat 1.5\n", File.ReadAllText(_saved.File("query_weights.txt")));
    }

    private Checkpoint Source(bool tied, out ReferenceWeights weights)
    {
        var config = (tied ? TinyModel.Config : TinyModel.Untied(TinyModel.Config, outputSize: 50)) with
        {
            HiddenSize = 32, // whole groups of weights; the feed-forward layer has none
        };
        weights = ReferenceWeights.Random(config, seed: 13);
        TinyCheckpoint.Write(_folder, config, weights, Settings, tied ? null : Terms(50));
        return Checkpoint.Load(_folder.Path);
    }

    private Checkpoint SaveAndLoad(Checkpoint checkpoint, Precision precision)
    {
        checkpoint.SaveWithFilesOf(_folder.Path, _saved.Path, precision);
        return Checkpoint.Load(_saved.Path);
    }

    private static bool IsOfLayers(string name) => name.StartsWith("model.layers.", StringComparison.Ordinal);

    private static IEnumerable<string> Terms(int count) => Enumerable.Range(0, count).Select(row => $"term{row}");

    private static IEnumerable<float[]> Rows(ReferenceWeights weights, string name) =>
        weights[name].Chunk(weights.Shape(name)[^1]);

    private static float[] Values(Checkpoint checkpoint, string name) =>
        checkpoint.Model.get_parameter(name)!.data<float>().ToArray();
}
