using LuceneLsr.Torch.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>
/// A matrix of integers and scales. Rows are converted when they are used, in blocks that fit the cache, so no second
/// copy of the weights is kept.
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

    /// <summary>Gets the integers, [rows, ...].</summary>
    protected Tensor Values => get_buffer(WeightName)!; // moving the module to another device replaces it

    /// <summary>Gets the scales, [rows] or [rows, groups].</summary>
    protected Tensor Scales => get_buffer(ScaleName)!;

    public override void Multiply(Tensor input, long start, Tensor product)
    {
        using var scope = NewDisposeScope();
        var factor = input.to(MatmulType.Choose(input));
        var size = Math.Max(1, BlockWeights / input.shape[1]);
        for (var done = 0L; done < product.shape[1]; done += size)
        {
            using var block = NewDisposeScope();
            var rows = Math.Min(size, product.shape[1] - done);
            var part = product.narrow(1, done, rows);
            part.copy_(factor.matmul(ConvertRows(start + done, rows).t()));
            ApplyScales(part, start + done);
        }

        Tensor ConvertRows(long from, long count) =>
            ToFactor(Values.narrow(0, from, count), Scales.narrow(0, from, count)).to(factor.dtype);
    }

    public override Tensor SelectRows(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var flat = rows.flatten();
        return Dequantize(Values.index_select(0, flat), Scales.index_select(0, flat))
            .view([.. rows.shape, -1]).MoveToOuterDisposeScope();
    }

    /// <summary>Restores rows [count, columns] in F32 from their values and scales.</summary>
    protected abstract Tensor Dequantize(Tensor values, Tensor scales);

    /// <summary>Converts rows to the factor [count, columns] of a product, in any type.</summary>
    protected virtual Tensor ToFactor(Tensor values, Tensor scales) => Dequantize(values, scales);

    /// <summary>Multiplies a product [positions, count] by the scales that <see cref="ToFactor"/> left out.</summary>
    protected virtual void ApplyScales(Tensor product, long start)
    {
    }
}
