using LuceneLsr.Torch.Arithmetic;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Weights;

/// <summary>
/// Symmetric 4-bit quantization with one scale per group of 32 columns: w = (q - 8) x s with q from 0 to 15. The scale
/// is the group's weight of largest magnitude divided by -8, which makes that weight exact whatever its sign. Two
/// columns share a byte, the even one in the low half. A file stores the scales of tensor "x" as "x_scale", shape
/// [rows, groups], F16.
/// </summary>
internal static class GroupQuantization
{
    /// <summary>The number of columns that share a scale.</summary>
    public const int GroupSize = 32;

    private const int Zero = 8;

    private static readonly Scalar ZeroStep = Zero;

    /// <summary>Returns whether a matrix of this width can be divided into whole groups.</summary>
    public static bool CanQuantize(long columns) => columns % GroupSize == 0;

    /// <summary>Quantizes a matrix [rows, columns] to U8 [rows, columns / 2] and scales [rows, columns / 32].</summary>
    public static (Tensor Values, Tensor Scales) Quantize(Tensor weight)
    {
        using var scope = NewDisposeScope();
        var groups = weight.to(ScalarType.Float32).view(weight.shape[0], -1, GroupSize);
        var largest = groups.gather(2, groups.abs().argmax(2, keepdim: true)); // [rows, groups, 1]
        var scales = largest.DividedBy(-Zero).to(ScalarType.Float16);
        var usable = scales.to(ScalarType.Float32);
        var steps = (groups / where(usable.IsZero(), ones_like(usable), usable)).round()
            .AtLeast(-Zero).AtMost(Zero - 1).Plus(Zero);
        var pairs = steps.to(ScalarType.Byte).view(weight.shape[0], -1, 2); // [rows, columns / 2, 2]
        var values = pairs.select(2, 0).Plus(pairs.select(2, 1).Times(16));
        return (values.to(ScalarType.Byte).MoveToOuterDisposeScope(), scales.squeeze(2).MoveToOuterDisposeScope());
    }

    /// <summary>Restores the F32 matrix [rows, columns] from values and scales.</summary>
    public static Tensor Dequantize(Tensor values, Tensor scales)
    {
        using var scope = NewDisposeScope();
        var steps = stack([values.bitwise_and(15), values.bitwise_right_shift(4)], 2) // [rows, columns / 2, 2]
            .view(values.shape[0], -1, GroupSize).to(ScalarType.Float32).sub_(ZeroStep);
        return steps.mul_(scales.to(ScalarType.Float32).unsqueeze(2)).flatten(1).MoveToOuterDisposeScope();
    }
}
