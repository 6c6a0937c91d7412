using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>What all layers share in one forward pass.</summary>
/// <param name="Angles">Rotary cosines and sines, each [length, headDim].</param>
/// <param name="Mask">
/// Who is seen, [batch, 1, 1, length], true for real tokens; null for the causal mask, under which a token never sees
/// the padding, which stands at the end.
/// </param>
internal sealed record AttentionContext((Tensor Cos, Tensor Sin) Angles, Tensor? Mask);
