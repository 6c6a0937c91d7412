using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>What all layers share in one forward pass.</summary>
/// <param name="Angles">Rotary cosines and sines, each [length, headDim].</param>
/// <param name="Mask">
/// Who is seen, [batch, 1, 1, length], true for real tokens; null for the causal mask, under which a token never sees
/// the padding, which stands at the end.
/// </param>
/// <param name="Window">
/// Who is seen in a windowed layer, [length, length] or [batch, 1, length, length]; null where texts are shorter than the
/// window, or there is none, so that <paramref name="Mask"/> says it all.
/// </param>
internal sealed record AttentionContext((Tensor Cos, Tensor Sin) Angles, Tensor? Mask, Tensor? Window)
{
    /// <summary>The <see cref="Window"/> of a batch.</summary>
    /// <param name="window">How far a windowed layer sees, if there is one.</param>
    /// <param name="mask">As in <see cref="Mask"/>.</param>
    /// <param name="length">Of the batch's texts.</param>
    /// <param name="device">Where the mask is used.</param>
    public static Tensor? WindowMask(int? window, Tensor? mask, long length, Device device)
    {
        if (window is null || length <= window)
        {
            return null;
        }

        using var scope = NewDisposeScope();
        var positions = arange(length, device: device);
        var distance = positions.unsqueeze(1) - positions;                   // [length, length]: how far back
        var isNear = distance.abs() < window.Value;
        return (isNear & (mask ?? distance >= 0)).MoveToOuterDisposeScope();
    }
}
