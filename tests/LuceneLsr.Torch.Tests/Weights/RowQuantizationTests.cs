using CsCheck;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Weights;

public class RowQuantizationTests
{
    private const int Columns = 5;

    [Fact]
    public void Dequantize_restores_weights_within_half_a_step() =>
        Gen.Float[-1000, 1000].Array[Columns].Array[1, 6].Sample(rows =>
        {
            using var scope = NewDisposeScope();
            var (values, scales) = RowQuantization.Quantize(
                tensor(rows.SelectMany(row => row).ToArray(), rows.Length, Columns));
            var restored = RowQuantization.Dequantize(values, scales).data<float>().ToArray().Chunk(Columns).ToArray();
            Assert.Equal(ScalarType.Int8, values.dtype);
            foreach (var (row, again) in rows.Zip(restored))
            {
                var step = Math.Max(row.Max(Math.Abs) / 127, 1e-12f);
                Assert.All(row.Zip(again), pair =>
                    Assert.InRange(Math.Abs(pair.Second - pair.First), 0, 0.5f * step * 1.0001f));
            }
        }, iter: 200);

    [Fact]
    public void Quantize_maps_largest_weight_of_row_to_127()
    {
        using var scope = NewDisposeScope();
        var (values, scales) = RowQuantization.Quantize(
            tensor(new[,] { { 0.5f, -254f }, { 0f, 0f }, { 1e-3f, 1e-3f } }));
        Assert.Equal([0, -127, 0, 0, 127, 127], values.data<sbyte>().ToArray());
        Assert.Equal(2, scales.data<float>()[0]);
    }
}
