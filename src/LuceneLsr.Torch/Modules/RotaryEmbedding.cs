using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>
/// Rotary positions (Su et al., RoFormer, 2021) in the half-split layout of Hugging Face checkpoints: dimensions i and
/// i + d/2 of a head turn by position x theta^(-2i/d).
/// </summary>
internal sealed class RotaryEmbedding(int headDim, double theta)
{
    /// <summary>Cosines and sines of positions 0 to length - 1, each [length, headDim].</summary>
    public (Tensor Cos, Tensor Sin) Angles(long length, Tensor like)
    {
        var exponents = arange(0, headDim, 2, ScalarType.Float32).to(like.device) / headDim;
        var frequencies = pow(theta, exponents).reciprocal();                       // [headDim / 2]
        var positions = arange(length, ScalarType.Float32).to(like.device);
        var angles = outer(positions, frequencies);                                  // [length, headDim / 2]
        var both = cat([angles, angles], 1);                                         // [length, headDim]
        return (both.cos().to(like.dtype), both.sin().to(like.dtype));
    }

    /// <summary>Turns queries or keys [batch, heads, length, headDim].</summary>
    public static Tensor Rotate(Tensor input, (Tensor Cos, Tensor Sin) angles)
    {
        var halves = input.chunk(2, -1);
        var turned = cat([-halves[1], halves[0]], -1);
        return (input * angles.Cos) + (turned * angles.Sin);
    }
}
