using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Modules;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using LuceneLsr.Torch.Weights;
using LuceneLsr.TorchTestSupport;

namespace LuceneLsr.Torch.Tests;

/// <summary>Vectors of a model in every precision.</summary>
[Collection(nameof(GlobalState))]
public sealed class PrecisionTests : IDisposable
{
    // Groups are of 32 columns. The causal LM's output projection and the masked LMs' second feed-forward projection
    // have no whole groups.
    private static readonly DecoderConfig Decoder =
        TinyModel.Config with { HiddenSize = 32, IntermediateSize = 64, HeadDim = 12 };

    private static readonly string[] Texts = ["cat", "film movie run runs tag dog cat", "dog runs"];

    private readonly bool _isFast = MatmulType.IsBFloat16Fast;
    private readonly TemporaryFolder _folder = new();

    public PrecisionTests() => MatmulType.IsBFloat16Fast = false;

    public static MatrixTheoryData<string, Precision> Quantized { get; } = new(
        [Decoder.ModelType, .. TinyEncoder.Families], [Precision.Float32, Precision.Int8, Precision.Int4]);

    public static MatrixTheoryData<string, Precision> Rounded { get; } = new(
        [Decoder.ModelType, .. TinyEncoder.Families], [Precision.BFloat16, Precision.Int8, Precision.Int4]);

    public void Dispose()
    {
        MatmulType.IsBFloat16Fast = _isFast;
        _folder.Dispose();
    }

    /// <summary>w = q x s with s = max|w| / 127 per row, or the largest w / -8 in F16 per group of 32.</summary>
    [Theory]
    [MemberData(nameof(Quantized))]
    public void Encode_quantized_model_matches_reference_with_dequantized_weights(string family, Precision precision)
    {
        var (config, weights) = Write(family);
        var rounded = Dequantize(config, weights, precision);
        Assert.All(rounded.Names.Where(name => rounded.Shape(name).Length == 2), name =>
            Assert.Equal(precision == Precision.Float32, rounded[name].SequenceEqual(weights[name])));
        var reference = ReferenceModel.Create(config, rounded);
        using var encoder = TorchSparseEncoder.Load(_folder.Path, precision: precision);
        foreach (var (text, vector) in Texts.Zip(encoder.Documents(Texts)))
        {
            Near.Equal(ComputeExpected(reference, text), RowTerms.ToDense(vector));
        }
    }

    [Theory]
    [MemberData(nameof(Rounded))]
    public void Encode_with_bfloat16_products_matches_reference_within_8_bits(string family, Precision precision)
    {
        MatmulType.IsBFloat16Fast = true;
        var (config, weights) = Write(family);
        var reference = ReferenceModel.Create(
            config, precision == Precision.BFloat16 ? weights : Dequantize(config, weights, precision));
        using var encoder = TorchSparseEncoder.Load(_folder.Path, precision: precision);
        foreach (var (text, vector) in Texts.Zip(encoder.Documents(Texts)))
        {
            var (expected, actual) = (ComputeExpected(reference, text), RowTerms.ToDense(vector));
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 0.15));
            var error = Math.Sqrt(expected.Zip(actual).Sum(pair => Math.Pow(pair.First - pair.Second, 2)));
            Assert.InRange(error / Math.Sqrt(expected.Sum(weight => weight * weight)), 1e-5, 0.02);
        }
    }

    private static double[] ComputeExpected(ReferenceModel reference, string text) => reference.ComputePooledWeights(
        [], [.. text.Split(' ').Select(TinyTokenizer.Id)], AttentionVariant.Causal, 1);

    private (ModelConfig Config, ReferenceWeights Weights) Write(string family)
    {
        ModelConfig config = family == Decoder.ModelType
            ? Decoder
            : TinyEncoder.Create(family) with { HiddenSize = 32, IntermediateSize = 48 };
        var weights = ReferenceWeights.Random(config, seed: 41);
        TinyCheckpoint.Write(_folder, config, weights, TinyCheckpoint.Settings, RowTerms.All);
        return (config, weights);
    }

    private static ReferenceWeights Dequantize(ModelConfig config, ReferenceWeights weights, Precision precision)
    {
        var rounded = weights.CopyFor(config);
        foreach (var name in rounded.Names.Where(name => rounded.Shape(name).Length == 2))
        {
            var columns = rounded.Shape(name)[1];
            var isInLayer = name.Contains(".layer", StringComparison.Ordinal);
            var inGroups = precision == Precision.Int4 && isInLayer && columns % 32 == 0;
            float[][] rows = [.. rounded[name].Chunk(inGroups ? 32 : columns)
                .Select(row =>
                    precision == Precision.Float32 ? row : inGroups ? DequantizeGroup(row) : DequantizeRow(row))];
            rows.SelectMany(row => row).ToArray().CopyTo(rounded[name], 0);
        }

        return rounded;
    }

    private static float[] DequantizeRow(float[] row)
    {
        var scale = row.Max(MathF.Abs) / 127;
        return [.. row.Select(weight => MathF.Round(weight / scale) * scale)];
    }

    private static float[] DequantizeGroup(float[] group)
    {
        var scale = (float)(Half)(group.MaxBy(MathF.Abs) / -8);
        return [.. group.Select(weight => Math.Clamp(MathF.Round(weight / scale), -8, 7) * scale)];
    }
}
