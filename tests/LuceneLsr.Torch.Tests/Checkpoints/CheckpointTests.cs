using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using LuceneLsr.Torch.Weights;
using LuceneLsr.TorchTestSupport;
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
    public void Load_weights_in_float_dtypes_is_exact(string dtype)
    {
        // Each of the three types represents multiples of 1/64 below 4 exactly.
        var config = TinyModel.Untied(TinyModel.Config, outputSize: 50);
        var weights = ReferenceWeights.Random(config, seed: 12).Map(value => MathF.Round(value * 64) / 64);
        TinyCheckpoint.Write(_folder, config, weights, Settings, Terms(50));
        _folder.Write(Checkpoint.WeightsFileName, ReferenceSafetensors.CreateBytes(weights, dtype));
        using var checkpoint = Checkpoint.Load(_folder.Path);
        Assert.All(weights.Names, name => Assert.Equal(weights[name], checkpoint.Model.GetValues(name)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Save_in_float32_and_load_restores_every_weight_exactly(bool tied)
    {
        using var checkpoint = LoadSource(tied, out var weights);
        using var again = SaveAndLoad(checkpoint, Precision.Float32);
        Assert.Equal(checkpoint.Model.Config, again.Model.Config);
        Assert.Equal(Settings, again.Settings);
        Assert.Equal(checkpoint.Terms.ComputeFingerprint(), again.Terms.ComputeFingerprint());
        Assert.All(weights.Names, name => Assert.Equal(weights[name], again.Model.GetValues(name)));
    }

    public static MatrixTheoryData<string, bool> MaskedModels { get; } = new(TinyEncoder.Families, [true, false]);

    [Theory]
    [MemberData(nameof(MaskedModels))]
    public void Save_masked_lm_in_float32_and_load_restores_every_weight_exactly(string family, bool tied)
    {
        var config = TinyEncoder.Create(family);
        var weights = WriteMasked(tied ? config : TinyEncoder.Untied(config, outputSize: 50));
        using var checkpoint = Checkpoint.Load(_folder.Path);
        using var again = SaveAndLoad(checkpoint, Precision.Float32);
        Assert.Equal(checkpoint.Model.Config, again.Model.Config);
        Assert.Equal(weights.Names.Order(), again.Model.GetValues().Keys.Order());
        Assert.All(weights.Names, name => Assert.Equal(weights[name], again.Model.GetValues(name)));
    }

    public static MatrixTheoryData<string, Precision> QuantizedMaskedModels { get; } =
        new(TinyEncoder.Families, [Precision.Int8, Precision.Int4]);

    [Theory]
    [MemberData(nameof(QuantizedMaskedModels))]
    public void Save_quantized_masked_lm_gives_vectors_of_model_quantized_in_memory(string family, Precision precision)
    {
        WriteMasked(TinyEncoder.Create(family) with { HiddenSize = 32 });
        using (var checkpoint = Checkpoint.Load(_folder.Path))
        {
            checkpoint.SaveWithFilesFrom(_folder.Path, _saved.Path, precision);
        }

        using var expected = TorchSparseEncoder.Load(_folder.Path, precision: precision);
        using var actual = TorchSparseEncoder.Load(_saved.Path, precision: precision);
        var weights = actual.Document("cat film").Entries.ToDictionary(entry => entry.Term, entry => entry.Weight);
        Assert.All(expected.Document("cat film").Entries, entry => // norms and biases are stored in BF16
            Assert.Equal(entry.Weight, weights.GetValueOrDefault(entry.Term), 0.05));
    }

    public static MatrixTheoryData<bool, Precision> Saved { get; } =
        new([true, false], [Precision.BFloat16, Precision.Int8, Precision.Int4]);

    // The bound is half a step: of BF16's 8 bits, of 1/127 of the row's largest weight, or of 1/8 of the group's
    // largest weight. At the end of the 4-bit range, which has no step of its own, and with the scale in F16 it is a
    // whole step.
    [Theory]
    [MemberData(nameof(Saved))]
    public void Save_and_load_restores_every_weight_within_bound_of_precision(bool tied, Precision precision)
    {
        using var checkpoint = LoadSource(tied, out var weights);
        using var again = SaveAndLoad(checkpoint, precision);
        foreach (var name in weights.Names)
        {
            var width = weights.Shape(name)[^1];
            var isMatrix = weights.Shape(name).Length == 2;
            var ofGroups = precision == Precision.Int4 && isMatrix && IsInLayer(name) && width % 32 == 0;
            foreach (var (row, restored) in weights[name].Chunk(ofGroups ? 32 : width)
                .Zip(again.Model.GetValues(name).Chunk(ofGroups ? 32 : width)))
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
    public void Save_stores_dtypes_of_precision(bool tied, Precision precision)
    {
        using var checkpoint = LoadSource(tied, out var weights);
        checkpoint.Save(_saved.Path, precision);
        var file = SafetensorsFile.Open(_saved.File(Checkpoint.WeightsFileName));
        var quantized = weights.Names.Where(name => precision != Precision.BFloat16 && weights.Shape(name).Length == 2);
        Assert.Equal(weights.Names.Concat(quantized.Select(name => name + "_scale")).Order(), file.Names.Order());
        Assert.All(weights.Names, name => Assert.Equal(
            !quantized.Contains(name) ? ScalarType.BFloat16
                : precision == Precision.Int4 && IsInLayer(name) && weights.Shape(name)[1] % 32 == 0 ? ScalarType.Byte
                : ScalarType.Int8,
            file.GetDtype(name)));
    }

    // The embeddings have 300 rows and each of two layers 144, of which 80 divide into whole groups: 17,280 matrix
    // elements, 5,120 of them in 160 groups, and 160 norm elements.
    [Theory]
    [InlineData(Precision.Float32, (17_280 + 160) * 4)]
    [InlineData(Precision.BFloat16, (17_280 + 160) * 2)]
    [InlineData(Precision.Int8, 17_280 + ((300 + (2 * 144)) * 4) + (160 * 4))]
    [InlineData(Precision.Int4, (5_120 / 2) + (160 * 2) + 12_160 + ((300 + (2 * 64)) * 4) + (160 * 4))]
    public void SizeInBytes_counts_weights_and_scales_of_precision(Precision precision, long bytes)
    {
        LoadSource(tied: true, out _).Dispose();
        using var checkpoint = Checkpoint.Load(_folder.Path, precision);
        Assert.Equal(bytes, checkpoint.Model.SizeInBytes);
    }

    [Fact]
    public void Save_quantized_model_throws_without_creating_directory()
    {
        using var checkpoint = LoadSource(tied: true, out _);
        using var quantized = Checkpoint.Load(_folder.Path, Precision.Int8);
        Assert.Contains("Load it as Float32", Assert.Throws<InvalidOperationException>(
            () => quantized.Save(_saved.File("new"), Precision.Int8)).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_saved.File("new")));
    }

    [Fact]
    public void SaveWithFilesFrom_creates_directory()
    {
        var directory = _saved.File("new");
        using var checkpoint = LoadSource(tied: true, out _);
        checkpoint.SaveWithFilesFrom(_folder.Path, directory, Precision.Float32);
        using var again = Checkpoint.Load(directory);
        Assert.Equal(checkpoint.Terms.Count, again.Terms.Count);
    }

    [Fact]
    public void SaveWithFilesFrom_copies_sentencepiece_tokenizer()
    {
        using var checkpoint = LoadSource(tied: true, out _);
        File.Move(_folder.File(TextTokenizer.FileName), _folder.File(TextTokenizer.SentencePieceFileName));
        checkpoint.SaveWithFilesFrom(_folder.Path, _saved.Path, Precision.Float32);
        Assert.Equal(TinyTokenizer.Json(), File.ReadAllText(_saved.File(TextTokenizer.SentencePieceFileName)));
    }

    [Fact]
    public void SaveWithFilesFrom_copies_query_weights()
    {
        using var checkpoint = LoadSource(tied: true, out _);
        _folder.Write("query_weights.txt", "cat 1.5\n");
        checkpoint.SaveWithFilesFrom(_folder.Path, _saved.Path, Precision.Float32);
        Assert.Equal("cat 1.5\n", File.ReadAllText(_saved.File("query_weights.txt")));
    }

    private ReferenceWeights WriteMasked(EncoderConfig config)
    {
        var weights = ReferenceWeights.Random(config, seed: 14);
        TinyCheckpoint.Write(
            _folder, config, weights, TinyCheckpoint.Settings,
            config.TieWordEmbeddings ? null : Terms(config.OutputSize));
        return weights;
    }

    private Checkpoint LoadSource(bool tied, out ReferenceWeights weights)
    {
        var config = (tied ? TinyModel.Config : TinyModel.Untied(TinyModel.Config, outputSize: 50)) with
        {
            HiddenSize = 32, // one whole group; the width of the feed-forward layer is not a multiple of 32
        };
        weights = ReferenceWeights.Random(config, seed: 13);
        TinyCheckpoint.Write(_folder, config, weights, Settings, tied ? null : Terms(50));
        return Checkpoint.Load(_folder.Path);
    }

    private Checkpoint SaveAndLoad(Checkpoint checkpoint, Precision precision)
    {
        checkpoint.SaveWithFilesFrom(_folder.Path, _saved.Path, precision);
        return Checkpoint.Load(_saved.Path);
    }

    private static bool IsInLayer(string name) => name.StartsWith("model.layers.", StringComparison.Ordinal);

    private static IEnumerable<string> Terms(int count) => Enumerable.Range(0, count).Select(row => $"term{row}");
}
