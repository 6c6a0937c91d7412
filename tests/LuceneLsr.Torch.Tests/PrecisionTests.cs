using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Modules;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;

namespace LuceneLsr.Torch.Tests;

/// <summary>What a model computes in the precisions that it can be kept in.</summary>
public sealed class PrecisionTests : IDisposable
{
    private static readonly DecoderConfig Config = TinyModel.Config with
    {
        HiddenSize = 32, // whole groups, as are those of
        IntermediateSize = 64,
        HeadDim = 12,    // but not what attention puts out, 4 heads
    };

    private static readonly string[] Texts = ["cat", "film movie run runs tag dog cat", "dog runs"];

    private readonly bool _isFast = ProductType.IsBFloat16Fast;
    private readonly TemporaryFolder _folder = new();
    private readonly ReferenceWeights _weights = ReferenceWeights.Random(Config, seed: 41);

    public PrecisionTests()
    {
        ProductType.IsBFloat16Fast = false;
        TinyCheckpoint.Write(_folder, Config, _weights, TinyCheckpoint.Settings, RowTerms.All);
    }

    public void Dispose()
    {
        ProductType.IsBFloat16Fast = _isFast;
        _folder.Dispose();
    }

    /// <summary>w = q x s, s = max|w| / 127 of the row; in groups of 32 s = (w of largest magnitude) / -8, as F16.</summary>
    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Int8)]
    [InlineData(Precision.Int4)]
    public void Vectors_are_those_of_the_weights_that_the_integers_stand_for(Precision precision)
    {
        var rounded = Rounded(precision);
        Assert.Equal(precision == Precision.Float32, rounded["model.layers.0.mlp.up_proj.weight"]
            .SequenceEqual(_weights["model.layers.0.mlp.up_proj.weight"]));
        var reference = new ReferenceDecoder(Config, rounded);
        using var encoder = TorchSparseEncoder.Load(_folder.Path, precision: precision);
        foreach (var (text, vector) in Texts.Zip(encoder.Documents(Texts)))
        {
            Near.Equal(Expected(reference, text), RowTerms.Dense(vector));
        }
    }

    [Theory]
    [InlineData(Precision.BFloat16)]
    [InlineData(Precision.Int8)]
    [InlineData(Precision.Int4)]
    public void Where_factors_are_of_BF16_vectors_are_the_same_within_its_eight_bits(Precision precision)
    {
        ProductType.IsBFloat16Fast = true;
        var reference = new ReferenceDecoder(
            Config, precision == Precision.BFloat16 ? _weights : Rounded(precision));
        using var encoder = TorchSparseEncoder.Load(_folder.Path, precision: precision);
        foreach (var (text, vector) in Texts.Zip(encoder.Documents(Texts)))
        {
            var (expected, actual) = (Expected(reference, text), RowTerms.Dense(vector));
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 0.15));
            var error = Math.Sqrt(expected.Zip(actual).Sum(pair => Math.Pow(pair.First - pair.Second, 2)));
            Assert.InRange(error / Math.Sqrt(expected.Sum(weight => weight * weight)), 1e-5, 0.02);
        }
    }

    private static double[] Expected(ReferenceDecoder reference, string text) => reference.PooledWeights(
        [], [.. text.Split(' ').Select(TinyTokenizer.Id)], AttentionVariant.Causal, 1);

    private ReferenceWeights Rounded(Precision precision)
    {
        var rounded = _weights.Of(Config);
        foreach (var name in rounded.Names.Where(name => rounded.Shape(name).Length == 2))
        {
            var columns = rounded.Shape(name)[1];
            var inGroups = precision == Precision.Int4 && name != "model.embed_tokens.weight" && columns % 32 == 0;
            float[][] rows = [.. rounded[name].Chunk(inGroups ? 32 : columns)
                .Select(row => precision == Precision.Float32 ? row : inGroups ? InGroup(row) : InRow(row))];
            rows.SelectMany(row => row).ToArray().CopyTo(rounded[name], 0);
        }

        return rounded;
    }

    private static float[] InRow(float[] row)
    {
        var scale = row.Max(MathF.Abs) / 127;
        return [.. row.Select(weight => MathF.Round(weight / scale) * scale)];
    }

    private static float[] InGroup(float[] group)
    {
        var scale = (float)(Half)(group.MaxBy(MathF.Abs) / -8);
        return [.. group.Select(weight => Math.Clamp(MathF.Round(weight / scale), -8, 7) * scale)];
    }
}
