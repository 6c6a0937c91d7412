using LuceneLsr.Torch.Checkpoints;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>
/// Weights as integers and their scales. Nothing is kept in another precision; each use converts the rows that it needs.
/// </summary>
internal abstract class QuantizedMatrix : WeightMatrix
{
    private const string ScaleName = WeightName + RowQuantization.ScaleSuffix;

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

    public override Tensor Select(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var flat = rows.flatten();
        return Dequantize(Values.index_select(0, flat), Scales.index_select(0, flat))
            .view([.. rows.shape, -1]).MoveToOuterDisposeScope();
    }

    /// <summary>The rows [count, columns] that some of the values and their scales stand for, in F32.</summary>
    protected abstract Tensor Dequantize(Tensor values, Tensor scales);
}
