using LuceneLsr.Onnx.Export.Graphs;

namespace LuceneLsr.Onnx.Export.Backbones;

/// <summary>Grouped-query attention.</summary>
/// <param name="graph">The graph.</param>
/// <param name="inputs">Its inputs.</param>
/// <param name="shape">The shape of the layers.</param>
internal sealed class AttentionGraph(Graph graph, BatchInputs inputs, AttentionShape shape)
{
    private readonly string _splitShape = graph.Concat( // [batch, length, heads of all three, headDim]
        0, inputs.Batch, inputs.Length,
        graph.Constant((long)shape.Heads + (2 * shape.KeyValueHeads), shape.HeadDim));

    /// <summary>Computes the mixed values of all heads.</summary>
    /// <param name="projected">Queries, keys and values, [batch x length, (heads + 2 keyValueHeads) x headDim].</param>
    /// <param name="mask">What is added to the scores, [batch, 1, 1 or length, length].</param>
    /// <param name="prepareQuery">Norms and rotates queries, [batch, length, heads, headDim].</param>
    /// <param name="prepareKey">Norms and rotates keys.</param>
    /// <returns>[batch x length, heads x headDim].</returns>
    public string Apply(
        string projected, string mask, Func<string, string> prepareQuery, Func<string, string> prepareKey)
    {
        var parts = graph.Split(
            graph.Op("Reshape", projected, _splitShape), 2, shape.Heads, shape.KeyValueHeads, shape.KeyValueHeads);
        var scale = graph.Scalar((float)(1 / Math.Sqrt(shape.HeadDim)));
        var queries = graph.Transpose(graph.Op("Mul", prepareQuery(parts[0]), scale), 0, 2, 1, 3);
        var keys = graph.Transpose(prepareKey(parts[1]), 0, 2, 3, 1);           // [batch, heads, headDim, length]
        var values = graph.Transpose(parts[2], 0, 2, 1, 3);
        var mixed = shape.Heads == shape.KeyValueHeads
            ? Mix(queries, keys, values, mask)
            : MixGroups(queries, keys, values, mask);                           // [batch, heads, length, headDim]
        return graph.Reshape(graph.Transpose(mixed, 0, 2, 1, 3), -1, (long)shape.Heads * shape.HeadDim);
    }

    private string Mix(string queries, string keys, string values, string mask)
    {
        var scores = graph.Op("Add", graph.Op("MatMul", queries, keys), mask);
        return graph.Op("MatMul", graph.Op("Softmax", scores), values);
    }

    // The groups are a dimension of their own, over which keys and values are the same.
    private string MixGroups(string queries, string keys, string values, string mask)
    {
        var two = graph.Constant(2L);
        var groups = graph.Concat(
            0, inputs.Batch, graph.Constant((long)shape.KeyValueHeads, shape.Heads / shape.KeyValueHeads),
            inputs.Length, graph.Constant((long)shape.HeadDim));
        var mixed = Mix(
            graph.Op("Reshape", queries, groups), graph.Op("Unsqueeze", keys, two),
            graph.Op("Unsqueeze", values, two), graph.Op("Unsqueeze", mask, two));
        var heads = graph.Concat(
            0, inputs.Batch, graph.Constant((long)shape.Heads), inputs.Length, graph.Constant((long)shape.HeadDim));
        return graph.Op("Reshape", mixed, heads);
    }
}
