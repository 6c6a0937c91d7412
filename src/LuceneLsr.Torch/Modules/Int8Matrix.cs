using LuceneLsr.Torch.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>
/// A matrix in the format of <see cref="RowQuantization"/>. It multiplies by the integers, which BF16 holds exactly,
/// and applies each row's scale to the product.
/// </summary>
internal sealed class Int8Matrix(Tensor values, Tensor scales, Parameter? bias)
    : QuantizedMatrix(nameof(Int8Matrix), values, scales, bias)
{
    protected override Tensor Dequantize(Tensor values, Tensor scales) => RowQuantization.Dequantize(values, scales);

    protected override Tensor ToFactor(Tensor values, Tensor scales) => values;

    protected override void ApplyScales(Tensor product, long start) =>
        product.mul_(Scales.narrow(0, start, product.shape[1]).to(product.dtype));
}
