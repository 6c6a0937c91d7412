using static TorchSharp.torch;

namespace LuceneLsr.Torch.Checkpoints.Adapters;

/// <summary>What LoRA adds to a module's weights [rows, columns]: a multiple of B A.</summary>
/// <param name="A">[rank, columns]</param>
/// <param name="B">[rows, rank]</param>
public sealed record LoraFactors(Tensor A, Tensor B);
