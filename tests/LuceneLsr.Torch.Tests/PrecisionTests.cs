using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
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
    private static readonly DecoderConfig Config = TinyModel.Config with
    {
        HiddenSize = 32, // whole groups
        IntermediateSize = 64,
        HeadDim = 12,    // 4 heads: the output projection has no whole groups
    };

    private static readonly string[] Texts = ["cat", "film movie run runs tag dog cat", "dog runs"];

    private readonly bool _isFast = MatmulType.IsBFloat16Fast;
    private readonly TemporaryFolder _folder = new();
    private readonly ReferenceWeights _weights = ReferenceWeights.Random(Config, seed: 41);

    public PrecisionTests()
    {
        MatmulType.IsBFloat16Fast = false;
        TinyCheckpoint.Write(_folder, Config, _weights, TinyCheckpoint.Settings, RowTerms.All);
    }

    public void Dispose()
    {
        MatmulType.IsBFloat16Fast = _isFast;
        _folder.Dispose();
    }

    /// <summary>w = q x s with s = max|w| / 127 per row, or the largest w / -8 in F16 per group of 32.</summary>
    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Int8)]
    [InlineData(Precision.Int4)]
    public void Encode_quantized_model_matches_reference_with_dequantized_weights(Precision precision)
    {
        var rounded = Dequantize(precision);
        Assert.Equal(precision == Precision.Float32, rounded["model.layers.0.mlp.up_proj.weight"]
            .SequenceEqual(_weights["model.layers.0.mlp.up_proj.weight"]));
        var reference = new ReferenceDecoder(Config, rounded);
        using var encoder = TorchSparseEncoder.Load(_folder.Path, precision: precision);
        foreach (var (text, vector) in Texts.Zip(encoder.Documents(Texts)))
        {
            Near.Equal(ComputeExpected(reference, text), RowTerms.ToDense(vector));
        }
    }

    [Theory]
    [InlineData(Precision.BFloat16)]
    [InlineData(Precision.Int8)]
    [InlineData(Precision.Int4)]
    public void Encode_with_bfloat16_products_matches_reference_within_8_bits(Precision precision)
    {
        MatmulType.IsBFloat16Fast = true;
        var reference = new ReferenceDecoder(
            Config, precision == Precision.BFloat16 ? _weights : Dequantize(precision));
        using var encoder = TorchSparseEncoder.Load(_folder.Path, precision: precision);
        foreach (var (text, vector) in Texts.Zip(encoder.Documents(Texts)))
        {
            var (expected, actual) = (ComputeExpected(reference, text), RowTerms.ToDense(vector));
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 0.15));
            var error = Math.Sqrt(expected.Zip(actual).Sum(pair => Math.Pow(pair.First - pair.Second, 2)));
            Assert.InRange(error / Math.Sqrt(expected.Sum(weight => weight * weight)), 1e-5, 0.02);
        }
    }

    private static double[] ComputeExpected(ReferenceDecoder reference, string text) => reference.ComputePooledWeights(
        [], [.. text.Split(' ').Select(TinyTokenizer.Id)], AttentionVariant.Causal, 1);

    private ReferenceWeights Dequantize(Precision precision)
    {
        var rounded = _weights.CopyFor(Config);
        foreach (var name in rounded.Names.Where(name => rounded.Shape(name).Length == 2))
        {
            var columns = rounded.Shape(name)[1];
            var inGroups = precision == Precision.Int4 && name != "model.embed_tokens.weight" && columns % 32 == 0;
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
