using LuceneLsr.Torch.Checkpoints;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>
/// Weights as in <see cref="RowQuantization"/>: a product is that of the integers, multiplied by each row's scale
/// afterwards. Nothing is kept in another precision; each use converts the rows that it needs.
/// </summary>
internal sealed class Int8Matrix : WeightMatrix
{
    private const string WeightName = "weight", ScaleName = WeightName + RowQuantization.ScaleSuffix;

    public Int8Matrix(Tensor values, Tensor scales, Parameter? bias)
        : base(nameof(Int8Matrix), bias)
    {
        register_buffer(WeightName, values);
        register_buffer(ScaleName, scales);
    }

    public override long Rows => Values.shape[0];

    private Tensor Values => get_buffer(WeightName)!; // [rows, columns]

    private Tensor Scales => get_buffer(ScaleName)!; // [rows]

    public override Tensor Multiply(Tensor input, long start, long count)
    {
        using var scope = NewDisposeScope();
        var some = Values.narrow(0, start, count).to(input.dtype);
        return input.matmul(some.t()).mul_(Scales.narrow(0, start, count).to(input.dtype)).MoveToOuterDisposeScope();
    }

    public override Tensor Select(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var flat = rows.flatten();
        return RowQuantization.Dequantize(Values.index_select(0, flat), Scales.index_select(0, flat))
            .view([.. rows.shape, -1]).MoveToOuterDisposeScope();
    }
}
