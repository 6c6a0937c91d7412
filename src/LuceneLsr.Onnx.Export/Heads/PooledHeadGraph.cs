using System.Diagnostics;
using LuceneLsr.Onnx.Export.Backbones;
using LuceneLsr.Onnx.Export.Graphs;
using LuceneLsr.Onnx.Export.Matrices;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Settings;

namespace LuceneLsr.Onnx.Export.Heads;

/// <summary>
/// The head: multiplies slices of its rows and pools each over the positions at once, so that no tensor of shape
/// [length, terms] exists; then saturates the pooled logits as the settings say.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="inputs">Its inputs.</param>
/// <param name="settings">The settings of the checkpoint.</param>
internal sealed class PooledHeadGraph(Graph graph, BatchInputs inputs, LsrSettings settings)
{
    private const int SliceRows = 2048;

    private readonly PoolingRule _query = PoolingRule.For(settings, TextSide.Query);
    private readonly PoolingRule _document = PoolingRule.For(settings, TextSide.Document);

    /// <summary>Returns whether texts of both sides are pooled by one rule.</summary>
    public static bool IsSameForBothSides(LsrSettings settings) =>
        PoolingRule.For(settings, TextSide.Query) == PoolingRule.For(settings, TextSide.Document);

    /// <summary>Computes the weights, [batch, rows].</summary>
    /// <param name="hidden">The hidden states, [batch x length, hidden].</param>
    /// <param name="hiddenSize">Their width.</param>
    /// <param name="head">The head.</param>
    /// <param name="rows">The number of its rows.</param>
    /// <param name="bias">Its bias, or null.</param>
    public string Apply(string hidden, int hiddenSize, GraphMatrix head, int rows, string? bias)
    {
        var shape = graph.Concat(0, inputs.Batch, inputs.Length, graph.Constant((long)hiddenSize));
        var selected = graph.Op(
            "GatherND", [graph.Op("Reshape", hidden, shape), inputs.PooledIndex],
            NodeAttribute.Of("batch_dims", 1));                              // [batch, pooled, hidden]
        var logits = ComputeAllLogits(_document);
        if (IsSameForBothSides(settings))
        {
            return ComputeWeights(logits, _document);
        }

        var usesSameStates = (_document.Pooling == TermPooling.Mean) == (_query.Pooling == TermPooling.Mean);
        return graph.Op(
            "Where", inputs.IsDocument!, ComputeWeights(logits, _document),
            ComputeWeights(usesSameStates ? logits : ComputeAllLogits(_query), _query));

        string[] ComputeAllLogits(PoolingRule rule)
        {
            var states = rule.Pooling == TermPooling.Mean ? ComputeMean(selected) : selected;
            var logitShape = graph.Concat(0, inputs.Batch, graph.Size(states, 1), graph.Constant(-1L));
            var flat = graph.Reshape(states, -1, hiddenSize);
            return [.. Enumerable.Range(0, (rows + SliceRows - 1) / SliceRows).Select(slice => graph.Op(
                "Reshape",
                ComputeLogits(
                    flat, head, (long)slice * SliceRows, Math.Min(SliceRows, rows - (slice * SliceRows)), bias),
                logitShape))];                                               // [batch, pooled, slice] each
        }
    }

    // The unit vector of the mean state: [batch, pooled, hidden] -> [batch, 1, hidden]
    private string ComputeMean(string states)
    {
        var sum = graph.Op("MatMul", graph.Op("Unsqueeze", inputs.PooledMask, graph.Constant(1L)), states);
        return graph.Op("LpNormalization", [sum], NodeAttribute.Of("axis", -1L), NodeAttribute.Of("p", 2L));
    }

    // -> [positions, count]
    private string ComputeLogits(string states, GraphMatrix head, long start, int count, string? bias)
    {
        var part = bias is null
            ? ""
            : graph.Op("Slice", bias, graph.Constant(start), graph.Constant(start + count));
        return head.Slice(start, count).Multiply(states, part);
    }

    // -> [batch, rows]
    private string ComputeWeights(string[] logits, PoolingRule rule)
    {
        var pooled = graph.Concat(1, [.. logits.Select(slice => Pool(slice, rule))]);
        return rule.Pooling == TermPooling.SaturatedSum
            ? pooled
            : Saturate(pooled, rule, CreateLength(rule, 1));
    }

    private string Pool(string logits, PoolingRule rule) => rule.Pooling switch
    {
        TermPooling.Max => graph.Op(
            "ReduceMax", [logits, graph.Constant(1L)], NodeAttribute.Of("keepdims", 0L)),
        TermPooling.Mean => graph.Op("Squeeze", logits, graph.Constant(1L)),
        TermPooling.Sum => Sum(graph.Op("Relu", logits)),
        TermPooling.SaturatedSum => Sum(Saturate(logits, rule, CreateLength(rule, 1, 2))),
        _ => throw new UnreachableException(),
    };

    // [batch, pooled, rows] -> [batch, rows]
    private string Sum(string values)
    {
        var summands = graph.Op("Unsqueeze", inputs.PooledMask, graph.Constant(1L));
        return graph.Op("Squeeze", graph.Op("MatMul", summands, values), graph.Constant(1L));
    }

    // f(ReLU(scale x pooled / length))
    private string Saturate(string pooled, PoolingRule rule, string? length)
    {
        var scaled = rule.LogitScale == 1 ? pooled : graph.Op("Mul", pooled, graph.Scalar((float)rule.LogitScale));
        var positive = graph.Op("Relu", length is null ? scaled : graph.Op("Div", scaled, length));
        return rule.Saturation switch
        {
            Saturation.Log => LogOfOnePlus(positive),
            Saturation.LogLog => LogOfOnePlus(LogOfOnePlus(positive)),
            _ => throw new UnreachableException(),
        };
    }

    private string LogOfOnePlus(string value) => graph.Op("Log", graph.Op("Add", value, graph.Scalar(1f)));

    // [batch] with further dimensions of size 1, or null for no normalization.
    private string? CreateLength(PoolingRule rule, params long[] axes)
    {
        if (rule.Length is not { } length)
        {
            return null;
        }

        var tokens = graph.Op(
            "ReduceSum", [inputs.PooledMask, graph.Constant(1L)], NodeAttribute.Of("keepdims", 0L));
        return graph.Op(
            "Add",
            graph.Op("Mul", graph.Op("Unsqueeze", tokens, graph.Constant(axes)),
                graph.Scalar(length.B / length.AverageTokens)),
            graph.Scalar(1 - length.B));
    }
}
