using System.Diagnostics;
using System.Numerics.Tensors;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Settings;

namespace LuceneLsr.Onnx.Heads;

/// <summary>Pools the logits of a text and saturates them.</summary>
internal static class LogitPooling
{
    /// <summary>Computes log(1 + ReLU(scale x pooled / length)).</summary>
    /// <param name="logits">The logits, [length, terms].</param>
    /// <param name="positions">The positions to pool, at least one.</param>
    /// <param name="rule">The rule of the text's side.</param>
    /// <param name="weights">Receives the weights, [terms].</param>
    public static void Pool(
        ReadOnlySpan<float> logits, IReadOnlyList<int> positions, PoolingRule rule, Span<float> weights)
    {
        weights.Clear(); // ReLU: negative maxima become 0
        foreach (var position in positions)
        {
            var row = logits.Slice(position * weights.Length, weights.Length);
            switch (rule.Pooling)
            {
                case TermPooling.Max:
                    TensorPrimitives.Max(weights, row, weights);
                    break;
                case TermPooling.Sum:
                    AddPositive(row, weights);
                    break;
                default:
                    throw new UnreachableException();
            }
        }

        TensorPrimitives.Multiply(weights, GetFactor(rule, positions.Count), weights);
        TensorPrimitives.LogP1(weights, weights);
    }

    private static void AddPositive(ReadOnlySpan<float> row, Span<float> sums)
    {
        for (var term = 0; term < row.Length; term++)
        {
            sums[term] += Math.Max(row[term], 0);
        }
    }

    private static float GetFactor(PoolingRule rule, int tokens) => (float)(rule.Length is { } length
        ? rule.LogitScale / (1 - length.B + (tokens * (length.B / length.AverageTokens)))
        : rule.LogitScale);
}
