using LuceneLsr.Torch.Checkpoints;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>
/// Weights as in <see cref="GroupQuantization"/>. Nothing is kept in another precision; each use converts the rows that
/// it needs.
/// </summary>
internal sealed class Int4Matrix : WeightMatrix
{
    private const string WeightName = "weight", ScaleName = WeightName + RowQuantization.ScaleSuffix;

    public Int4Matrix(Tensor values, Tensor scales, Parameter? bias)
        : base(nameof(Int4Matrix), bias)
    {
        register_buffer(WeightName, values);
        register_buffer(ScaleName, scales);
    }

    public override long Rows => Values.shape[0];

    private Tensor Values => get_buffer(WeightName)!; // [rows, columns / 2]

    private Tensor Scales => get_buffer(ScaleName)!; // [rows, groups]

    public override Tensor Multiply(Tensor input, long start, long count)
    {
        using var scope = NewDisposeScope();
        var some = GroupQuantization.Dequantize(Values.narrow(0, start, count), Scales.narrow(0, start, count));
        return input.matmul(some.to(input.dtype).t()).MoveToOuterDisposeScope();
    }

    public override Tensor Select(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var flat = rows.flatten();
        return GroupQuantization.Dequantize(Values.index_select(0, flat), Scales.index_select(0, flat))
            .view([.. rows.shape, -1]).MoveToOuterDisposeScope();
    }
}
