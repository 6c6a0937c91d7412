using LuceneLsr.Torch.Checkpoints;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>
/// Weights as integers and their scales. Nothing is kept in another precision; each use converts the rows that it needs,
/// and a product so many of them at a time that they stay in the cache.
/// </summary>
internal abstract class QuantizedMatrix : WeightMatrix
{
    private const string ScaleName = WeightName + RowQuantization.ScaleSuffix;
    private const long BlockWeights = 1L << 20; // 2 or 4 MB when converted

    protected QuantizedMatrix(string name, Tensor values, Tensor scales, Parameter? bias)
        : base(name, bias)
    {
        register_buffer(WeightName, values);
        register_buffer(ScaleName, scales);
    }

    public override long Rows => Values.shape[0];

    /// <summary>[rows, ...]; asked for each time, as a module that moves to another device gets another buffer.</summary>
    protected Tensor Values => get_buffer(WeightName)!;

    /// <summary>[rows] or [rows, groups].</summary>
    protected Tensor Scales => get_buffer(ScaleName)!;

    public override void Multiply(Tensor input, long start, Tensor product)
    {
        using var scope = NewDisposeScope();
        var factor = input.to(ProductType.For(input));
        var size = Math.Max(1, BlockWeights / input.shape[1]);
        for (var done = 0L; done < product.shape[1]; done += size)
        {
            using var block = NewDisposeScope();
            var rows = Math.Min(size, product.shape[1] - done);
            var part = product.narrow(1, done, rows);
            part.copy_(factor.matmul(Converted(start + done, rows).t()));
            Scale(part, start + done);
        }

        Tensor Converted(long from, long count) =>
            Factor(Values.narrow(0, from, count), Scales.narrow(0, from, count)).to(factor.dtype);
    }

    public override Tensor Select(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var flat = rows.flatten();
        return Dequantize(Values.index_select(0, flat), Scales.index_select(0, flat))
            .view([.. rows.shape, -1]).MoveToOuterDisposeScope();
    }

    /// <summary>The rows [count, columns] that some of the values and their scales stand for, in F32.</summary>
    protected abstract Tensor Dequantize(Tensor values, Tensor scales);

    /// <summary>The rows [count, columns] to multiply by, in any dtype.</summary>
    protected virtual Tensor Factor(Tensor values, Tensor scales) => Dequantize(values, scales);

    /// <summary>Applies to a product [positions, count] what <see cref="Factor"/> has left out of the scales.</summary>
    protected virtual void Scale(Tensor product, long start)
    {
    }
}
