using static TorchSharp.torch;

namespace LuceneLsr.Torch.Checkpoints;

/// <summary>
/// Symmetric int8 weights with one scale a row: w = q x s, s = max|w| / 127 of the row and at least 1e-12. In a file
/// the scales stand beside tensor "x" as "x_scale", shape [rows], F32.
/// </summary>
public static class RowQuantization
{
    /// <summary>The suffix of the scales' name.</summary>
    public const string ScaleSuffix = "_scale";

    /// <summary>Quantizes a matrix [rows, columns].</summary>
    public static (Tensor Values, Tensor Scales) Quantize(Tensor weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        using var scope = NewDisposeScope();
        var scales = weight.abs().amax(1).div(127).clamp_min(1e-12); // [rows]
        var values = weight.div(scales.unsqueeze(1)).round().to(ScalarType.Int8);
        return (values.MoveToOuterDisposeScope(), scales.to(ScalarType.Float32).MoveToOuterDisposeScope());
    }

    /// <summary>The matrix that values [rows, ...] and scales [rows] stand for, in F32.</summary>
    public static Tensor Dequantize(Tensor values, Tensor scales)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(scales);
        using var floats = values.to(ScalarType.Float32);
        // a vector has rows of one
        using var column = scales.view([-1, .. Enumerable.Repeat(1L, (int)values.dim() - 1)]);
        return floats.mul(column);
    }
}
