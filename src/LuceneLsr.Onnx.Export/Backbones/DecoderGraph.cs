using LuceneLsr.Onnx.Export.Graphs;
using LuceneLsr.Onnx.Export.Matrices;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Configs;

namespace LuceneLsr.Onnx.Export.Backbones;

/// <summary>The decoder stack of a Llama-style causal LM, without its head.</summary>
internal sealed class DecoderGraph(Graph graph, BatchInputs inputs, DecoderConfig config, ModelWeights weights)
{
    private readonly Rotation _rotation = new(graph, inputs, config);
    private readonly AttentionGraph _attention =
        new(graph, inputs, new(config.NumAttentionHeads, config.NumKeyValueHeads, config.HeadDim));

    /// <summary>Computes the final hidden states, [batch x length, hidden].</summary>
    /// <param name="embeddings">The input embeddings.</param>
    /// <param name="format">The format of the layers.</param>
    /// <param name="variant">How each side's texts are read.</param>
    public string Apply(GraphMatrix embeddings, MatrixFormat format, PerSide<AttentionVariant> variant)
    {
        var mask = AttentionMasks.Create(graph, inputs, variant, window: null);
        var slidingMask = config.SlidingWindow is { } window
            ? AttentionMasks.Create(graph, inputs, variant, window)
            : mask;
        var hidden = embeddings.SelectRows(inputs.Ids);
        for (var layer = 0; layer < config.NumHiddenLayers; layer++)
        {
            hidden = ApplyLayer(
                hidden, config.Names.GetLayer(layer), format, config.UsesSlidingWindow(layer) ? slidingMask : mask);
        }

        return Norm(hidden, $"{config.Names.Backbone}.norm");
    }

    private string ApplyLayer(string hidden, string name, MatrixFormat format, string mask)
    {
        var attention = $"{name}.self_attn";
        var projected = weights
            .AddLinear(format, $"{attention}.q_proj", $"{attention}.k_proj", $"{attention}.v_proj")
            .Apply(Norm(hidden, $"{name}.input_layernorm"));
        var mixed = _attention.Apply(
            projected, mask,
            queries => Prepare(queries, $"{attention}.q_norm"), keys => Prepare(keys, $"{attention}.k_norm"));
        var attended = graph.Op("Add", weights.AddLinear(format, $"{attention}.o_proj").Apply(mixed), hidden);
        var fed = ApplyFeedForward(Norm(attended, $"{name}.post_attention_layernorm"), $"{name}.mlp", format);
        return graph.Op("Add", fed, attended);
    }

    private string Prepare(string heads, string norm) =>
        _rotation.Apply(config.QueryKeyNorm ? Norm(heads, norm) : heads);

    // SwiGLU
    private string ApplyFeedForward(string input, string name, MatrixFormat format)
    {
        var both = weights.AddLinear(format, $"{name}.gate_proj", $"{name}.up_proj").Apply(input);
        var parts = graph.Split(both, 1, config.IntermediateSize, config.IntermediateSize);
        var activated = graph.Op("Mul", parts[0], graph.Op("Sigmoid", parts[0]));
        return weights.AddLinear(format, $"{name}.down_proj").Apply(graph.Op("Mul", activated, parts[1]));
    }

    // RMSNorm over the last dimension.
    private string Norm(string input, string name)
    {
        var meanSquare = graph.Op("ReduceMean", graph.Op("Mul", input, input), graph.Constant(-1L));
        var root = graph.Op("Sqrt", graph.Op("Add", meanSquare, graph.Scalar((float)config.RmsNormEps)));
        return graph.Op("Mul", graph.Op("Div", input, root), weights.AddVector($"{name}.weight"));
    }
}
