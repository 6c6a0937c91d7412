using LuceneLsr.Onnx.Export.Graphs;
using LuceneLsr.Tokenization.Settings;

namespace LuceneLsr.Onnx.Export.Backbones;

/// <summary>
/// Computes what is added to attention scores: 0 for visible positions and a large negative number for others.
/// </summary>
internal static class AttentionMasks
{
    private const float Hidden = -1e30f; // not -infinity, which gives NaN for a row without visible positions

    /// <summary>Creates the mask, [batch, 1, 1 or length, length].</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="variant">How each side's texts are read.</param>
    /// <param name="window">The size of the sliding window, or null for none.</param>
    public static string Create(Graph graph, BatchInputs inputs, PerSide<AttentionVariant> variant, int? window)
    {
        var visible = inputs.CreateVisible();
        if (CreateOrder(graph, inputs, variant) is { } order)
        {
            visible = graph.Op("And", visible, order);
        }

        if (window is { } size)
        {
            var distance = graph.Op("Abs", CreateDistance(graph, inputs));
            visible = graph.Op("And", visible, graph.Op("Less", distance, graph.Scalar((long)size)));
        }

        return graph.Op("Where", visible, graph.Scalar(0f), graph.Scalar(Hidden));
    }

    // Whether a position may see another by their order, [length, length], or null if all may.
    private static string? CreateOrder(Graph graph, BatchInputs inputs, PerSide<AttentionVariant> variant)
    {
        bool query = IsCausal(variant.Query), document = IsCausal(variant.Document);
        if (!query && !document)
        {
            return null;
        }

        var order = graph.Op("GreaterOrEqual", CreateDistance(graph, inputs), graph.Scalar(0L));
        return query && document ? order
            : graph.Op("Or", order, query ? inputs.IsDocument! : graph.Op("Not", inputs.IsDocument!));
    }

    // The query's position minus the key's, [length, length].
    private static string CreateDistance(Graph graph, BatchInputs inputs) =>
        graph.Op("Sub", graph.Op("Unsqueeze", inputs.Positions, graph.Constant(1L)), inputs.Positions);

    private static bool IsCausal(AttentionVariant variant) => variant != AttentionVariant.Bidirectional;
}
