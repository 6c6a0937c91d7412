using LuceneLsr.Torch.Arithmetic;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Weights;

/// <summary>
/// Symmetric 8-bit quantization with one scale per row: w = q x s, s = max(max|w| / 127, 1e-12). A file stores the
/// scales of tensor "x" as "x_scale", shape [rows], F32.
/// </summary>
internal static class RowQuantization
{
    /// <summary>The suffix of a scale tensor's name.</summary>
    public const string ScaleSuffix = "_scale";

    /// <summary>Quantizes a matrix [rows, columns] to I8 values [rows, columns] and F32 scales [rows].</summary>
    public static (Tensor Values, Tensor Scales) Quantize(Tensor weight)
    {
        using var scope = NewDisposeScope();
        var scales = weight.abs().amax(1).DividedBy(127).AtLeast(1e-12); // [rows]
        var values = weight.div(scales.unsqueeze(1)).round().to(ScalarType.Int8);
        return (values.MoveToOuterDisposeScope(), scales.to(ScalarType.Float32).MoveToOuterDisposeScope());
    }

    /// <summary>Restores the F32 tensor [rows, ...] from values [rows, ...] and scales [rows].</summary>
    public static Tensor Dequantize(Tensor values, Tensor scales)
    {
        using var floats = values.to(ScalarType.Float32);
        // [rows, 1, ...]: as many dimensions as the values, which may be a vector
        using var column = scales.view([-1, .. Enumerable.Repeat(1L, (int)values.dim() - 1)]);
        return floats.mul(column);
    }
}
