using LuceneLsr.Torch.Checkpoints;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>What all layers share in one forward pass.</summary>
/// <param name="Angles">Rotary cosines and sines, each [length, headDim].</param>
/// <param name="Mask">
/// Who is seen, [batch, 1, 1, length], true for real tokens; null for the causal mask, under which a token never sees
/// the padding, which stands at the end.
/// </param>
/// <param name="Window">
/// Who is seen in a windowed layer, [1 or batch, 1, length, length]; null where texts are shorter than the window, or
/// there is none, so that <paramref name="Mask"/> says it all.
/// </param>
internal sealed record AttentionContext((Tensor Cos, Tensor Sin) Angles, Tensor? Mask, Tensor? Window)
{
    /// <summary>The <see cref="Window"/> of a batch.</summary>
    /// <param name="config">Says how far a windowed layer sees.</param>
    /// <param name="mask">As in <see cref="Mask"/>.</param>
    /// <param name="ids">[batch, length]</param>
    public static Tensor? WindowMask(DecoderConfig config, Tensor? mask, Tensor ids)
    {
        if (config.SlidingWindow is not { } window || ids.shape[1] <= window)
        {
            return null;
        }

        using var scope = NewDisposeScope();
        var positions = arange(ids.shape[1], device: ids.device);
        var distance = positions.unsqueeze(1) - positions;                             // [length, length]: how far back
        var isNear = distance.abs() < window;
        return (mask is null ? isNear & (distance >= 0) : isNear & mask)
            .view(mask is null ? [1, 1, ids.shape[1], ids.shape[1]] : [ids.shape[0], 1, ids.shape[1], ids.shape[1]])
            .MoveToOuterDisposeScope();
    }
}
