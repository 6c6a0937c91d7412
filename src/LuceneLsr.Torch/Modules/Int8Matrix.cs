using LuceneLsr.Torch.Checkpoints;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>
/// Weights as in <see cref="RowQuantization"/>: a product is that of the integers, multiplied by each row's scale
/// afterwards.
/// </summary>
internal sealed class Int8Matrix(Tensor values, Tensor scales, Parameter? bias)
    : QuantizedMatrix(nameof(Int8Matrix), values, scales, bias)
{
    public override Tensor Multiply(Tensor input, long start, long count)
    {
        using var scope = NewDisposeScope();
        var some = Values.narrow(0, start, count).to(input.dtype);
        return input.matmul(some.t()).mul_(Scales.narrow(0, start, count).to(input.dtype)).MoveToOuterDisposeScope();
    }

    protected override Tensor Dequantize(Tensor values, Tensor scales) => RowQuantization.Dequantize(values, scales);
}
