using static TorchSharp.torch;

namespace LuceneLsr.Torch.Heads;

/// <summary>The logits that the positive weights of a batch come from, [active] each.</summary>
/// <param name="Texts">The index of each logit's text.</param>
/// <param name="Positions">Its index among the pooled positions.</param>
/// <param name="Terms">Its row of the head.</param>
internal sealed record ActiveUnits(Tensor Texts, Tensor Positions, Tensor Terms);
