using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.TorchTestSupport;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Support;

/// <summary>Merges LoRA updates into weights element by element.</summary>
internal static class MergedLora
{
    /// <summary>Computes W + 4 B A of each adapted module, with the scale of <see cref="TrainedLora"/>.</summary>
    public static ReferenceWeights MergeLora(
        this ReferenceWeights weights, ModelConfig config, IReadOnlyDictionary<string, LoraFactors> factors)
    {
        var merged = weights.CopyFor(config);
        foreach (var (module, (a, b)) in factors)
        {
            var (weight, columns) = (merged[module + ".weight"], merged.Shape(module + ".weight")[1]);
            double[] left = GetNumbers(b), right = GetNumbers(a);
            for (var index = 0; index < weight.Length; index++)
            {
                var (row, column) = (index / columns, index % columns);
                weight[index] += (float)(4 * Enumerable.Range(0, TrainedLora.Rank)
                    .Sum(rank => left[(row * TrainedLora.Rank) + rank] * right[(rank * columns) + column]));
            }
        }

        return merged;
    }

    private static double[] GetNumbers(Tensor tensor)
    {
        using var wide = tensor.to(ScalarType.Float64);
        return wide.data<double>().ToArray();
    }
}
