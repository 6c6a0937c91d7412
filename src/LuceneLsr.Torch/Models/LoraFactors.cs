using static TorchSharp.torch;

namespace LuceneLsr.Torch.Models;

/// <summary>The factors of a LoRA update: a multiple of B A is added to weights [rows, columns].</summary>
/// <param name="A">[rank, columns]</param>
/// <param name="B">[rows, rank]</param>
internal sealed record LoraFactors(Tensor A, Tensor B);
