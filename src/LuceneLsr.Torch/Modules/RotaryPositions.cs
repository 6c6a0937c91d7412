using LuceneLsr.Torch.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>
/// Rotary positions (Su et al., RoFormer, 2021) in the half-split layout of Hugging Face checkpoints: dimensions i and
/// i + d/2 of a head turn by position x theta^(-2i/d), or by what the model's scaling makes of that.
/// </summary>
internal static class RotaryPositions
{
    /// <summary>Radians a position by which each pair of dimensions turns, [headDim / 2].</summary>
    public static double[] Frequencies(DecoderConfig config) =>
        [.. Enumerable.Range(0, config.HeadDim / 2)
            .Select(pair => Math.Pow(config.RopeTheta, -2.0 * pair / config.HeadDim))
            .Select(frequency => config.RopeScaling?.Scale(frequency) ?? frequency)];

    /// <summary>
    /// Cosines and sines of positions 0 to length - 1, each [length, headDim], in a tensor's dtype and on its device; the
    /// sines of the first half are negative.
    /// </summary>
    public static (Tensor Cos, Tensor Sin) Angles(double[] frequencies, long length, Tensor like)
    {
        using var scope = NewDisposeScope();
        var positions = arange(length, ScalarType.Float64, like.device);
        var angles = outer(positions, tensor(frequencies, device: like.device));     // [length, headDim / 2]
        Tensor cos = angles.cos(), sin = angles.sin();
        return (
            cat([cos, cos], 1).to(like.dtype).MoveToOuterDisposeScope(),
            cat([-sin, sin], 1).to(like.dtype).MoveToOuterDisposeScope());
    }

    /// <summary>Turns queries or keys [batch, heads, length, headDim].</summary>
    public static Tensor Rotate(Tensor input, (Tensor Cos, Tensor Sin) angles)
    {
        using var scope = NewDisposeScope();
        var swapped = input.roll(input.shape[^1] / 2, -1);
        return (input * angles.Cos).addcmul(swapped, angles.Sin, 1).MoveToOuterDisposeScope();
    }
}
