using LuceneLsr.Torch.Arithmetic;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>The inputs that all layers share in one forward pass.</summary>
/// <param name="Angles">Rotary cosines and sines, each [length, headDim], or null for none.</param>
/// <param name="Mask">
/// The visible positions, [batch, 1, 1, length], true for real tokens. Null selects the causal mask, which also hides
/// the padding, because padding comes last.
/// </param>
/// <param name="SlidingMask">
/// The visible positions in layers with sliding-window attention, [length, length] or [batch, 1, length, length]. Null
/// if the model has no sliding window or the texts are not longer than it: <paramref name="Mask"/> then applies.
/// </param>
internal sealed record AttentionContext((Tensor Cos, Tensor Sin)? Angles, Tensor? Mask, Tensor? SlidingMask)
{
    /// <summary>Creates the <see cref="SlidingMask"/> of a batch, or null if none is needed.</summary>
    /// <param name="window">The size of the sliding window, if the model has one.</param>
    /// <param name="mask">The mask of the other layers.</param>
    /// <param name="length">The length of the batch.</param>
    /// <param name="device">The device of the mask.</param>
    public static Tensor? CreateSlidingMask(int? window, Tensor? mask, long length, Device device)
    {
        if (window is null || length <= window)
        {
            return null;
        }

        using var scope = NewDisposeScope();
        var positions = TensorArithmetic.Range(0, length, device);
        var distance = positions.unsqueeze(1) - positions;                   // [length, length]: query - key
        var isNear = distance.abs().IsBelow(window.Value);
        return (isNear & (mask ?? distance.ge(Scalars.Zero))).MoveToOuterDisposeScope();
    }
}
