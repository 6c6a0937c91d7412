using LuceneLsr.Torch.Arithmetic;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>
/// Rotary position embedding (Su et al., RoFormer, 2021) in the half-split layout of Hugging Face checkpoints:
/// dimensions i and i + d/2 of a head are rotated by position x frequency_i.
/// </summary>
internal static class RotaryEmbedding
{
    /// <summary>
    /// Computes the cosines and sines of positions 0 to length - 1, each [length, headDim], with the dtype and device
    /// of <paramref name="like"/>. The sines of the first half are negated.
    /// </summary>
    public static (Tensor Cos, Tensor Sin) ComputeAngles(double[] frequencies, long length, Tensor like)
    {
        using var scope = NewDisposeScope();
        var positions = TensorArithmetic.Range(0, length, like.device).to(ScalarType.Float64);
        var angles = outer(positions, tensor(frequencies, device: like.device));     // [length, headDim / 2]
        Tensor cos = angles.cos(), sin = angles.sin();
        return (
            cat([cos, cos], 1).to(like.dtype).MoveToOuterDisposeScope(),
            cat([-sin, sin], 1).to(like.dtype).MoveToOuterDisposeScope());
    }

    /// <summary>Rotates queries or keys [batch, heads, length, headDim].</summary>
    public static Tensor Rotate(Tensor input, (Tensor Cos, Tensor Sin) angles)
    {
        using var scope = NewDisposeScope();
        var swapped = input.roll(input.shape[^1] / 2, -1);
        return (input * angles.Cos).addcmul(swapped, angles.Sin, Scalars.One).MoveToOuterDisposeScope();
    }
}
