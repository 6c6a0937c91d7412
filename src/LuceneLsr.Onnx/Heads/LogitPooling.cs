using System.Diagnostics;
using System.Numerics.Tensors;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Settings;

namespace LuceneLsr.Onnx.Heads;

/// <summary>Pools the logits of a text and saturates them.</summary>
internal static class LogitPooling
{
    /// <summary>Computes the weights that the rule defines.</summary>
    /// <param name="logits">The logits, [length, terms].</param>
    /// <param name="positions">The positions to pool, at least one.</param>
    /// <param name="rule">The rule of the text's side.</param>
    /// <param name="weights">Receives the weights, [terms].</param>
    public static void Pool(
        ReadOnlySpan<float> logits, IReadOnlyList<int> positions, PoolingRule rule, Span<float> weights)
    {
        weights.Clear(); // ReLU: negative maxima become 0
        var factor = GetFactor(rule, positions.Count);
        var saturated = rule.Pooling == TermPooling.SaturatedSum ? new float[weights.Length] : [];
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
                case TermPooling.SaturatedSum:
                    TensorPrimitives.Max(row, 0, saturated);
                    Saturate(saturated, factor, rule.Saturation);
                    TensorPrimitives.Add(weights, saturated, weights);
                    break;
                default:
                    throw new UnreachableException();
            }
        }

        if (rule.Pooling != TermPooling.SaturatedSum)
        {
            Saturate(weights, factor, rule.Saturation);
        }
    }

    private static void Saturate(Span<float> values, float factor, Saturation saturation)
    {
        TensorPrimitives.Multiply(values, factor, values);
        TensorPrimitives.LogP1(values, values);
        switch (saturation)
        {
            case Saturation.Log:
                break;
            case Saturation.LogLog:
                TensorPrimitives.LogP1(values, values);
                break;
            default:
                throw new UnreachableException();
        }
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
