using LuceneLsr.Torch.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>A matrix in the format of <see cref="GroupQuantization"/>.</summary>
internal sealed class Int4Matrix(Tensor values, Tensor scales, Parameter? bias)
    : QuantizedMatrix(nameof(Int4Matrix), values, scales, bias)
{
    protected override Tensor Dequantize(Tensor values, Tensor scales) => GroupQuantization.Dequantize(values, scales);
}
