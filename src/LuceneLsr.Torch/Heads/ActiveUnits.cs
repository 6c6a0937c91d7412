using static TorchSharp.torch;

namespace LuceneLsr.Torch.Heads;

/// <summary>The logits that a batch's positive weights come from, [active] each.</summary>
/// <param name="Texts">The text of each.</param>
/// <param name="Positions">Its position among the pooled ones.</param>
/// <param name="Terms">Its row of the head.</param>
internal sealed record ActiveUnits(Tensor Texts, Tensor Positions, Tensor Terms);
