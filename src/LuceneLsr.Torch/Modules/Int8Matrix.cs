using LuceneLsr.Torch.Checkpoints;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>
/// Weights as in <see cref="RowQuantization"/>: a product is that of the integers, which BF16 holds exactly, multiplied
/// by each row's scale afterwards.
/// </summary>
internal sealed class Int8Matrix(Tensor values, Tensor scales, Parameter? bias)
    : QuantizedMatrix(nameof(Int8Matrix), values, scales, bias)
{
    protected override Tensor Dequantize(Tensor values, Tensor scales) => RowQuantization.Dequantize(values, scales);

    protected override Tensor Factor(Tensor values, Tensor scales) => values;

    protected override void Scale(Tensor product, long start) =>
        product.mul_(Scales.narrow(0, start, product.shape[1]).to(product.dtype));
}
