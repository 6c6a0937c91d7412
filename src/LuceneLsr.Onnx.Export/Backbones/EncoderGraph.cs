using LuceneLsr.Onnx.Export.Graphs;
using LuceneLsr.Onnx.Export.Matrices;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Configs;

namespace LuceneLsr.Onnx.Export.Backbones;

/// <summary>The encoder stack of a BERT-style masked LM, with the transform below its head if it has one.</summary>
internal sealed class EncoderGraph(Graph graph, BatchInputs inputs, EncoderConfig config, ModelWeights weights)
{
    private readonly EncoderNames _names = config.Family.Names;
    private readonly AttentionGraph _attention = new(
        graph, inputs,
        new(config.NumAttentionHeads, config.NumAttentionHeads, config.HiddenSize / config.NumAttentionHeads));

    /// <summary>Computes the hidden states that the head multiplies, [batch x length, hidden].</summary>
    /// <param name="embeddings">The input embeddings.</param>
    /// <param name="embeddingFormat">The format of the other embeddings.</param>
    /// <param name="format">The format of the layers.</param>
    /// <param name="variant">How each side's texts are read.</param>
    public string Apply(
        GraphMatrix embeddings, MatrixFormat embeddingFormat, MatrixFormat format, PerSide<AttentionVariant> variant)
    {
        var mask = AttentionMasks.Create(graph, inputs, variant, window: null);
        var hidden = Norm(Embed(embeddings, embeddingFormat), _names.EmbeddingNorm);
        for (var layer = 0; layer < config.NumHiddenLayers; layer++)
        {
            hidden = ApplyLayer(hidden, config.Names.GetLayer(layer), format, mask);
        }

        return config.HeadTransform ? Transform(hidden, format) : hidden;
    }

    private string Transform(string hidden, MatrixFormat format) => Norm(
        graph.Op("Gelu", weights.AddLinear(format, _names.TransformDense).Apply(hidden)), _names.TransformNorm);

    private string Embed(GraphMatrix embeddings, MatrixFormat format)
    {
        var start = graph.Op("Add", inputs.Positions, graph.Scalar((long)config.PositionOffset));
        var positions = weights.AddMatrix(format, _names.PositionEmbeddings).SelectRows(start); // [length, hidden]
        if (config.TypeVocabSize > 0)
        {
            var types = weights.AddMatrix(format, _names.TokenTypeEmbeddings);
            positions = graph.Op("Add", positions, types.SelectRows(graph.Constant(0L)));       // [1, hidden]
        }

        var shape = graph.Concat(0, inputs.Batch, inputs.Length, graph.Constant((long)config.HiddenSize));
        var tokens = graph.Op("Reshape", embeddings.SelectRows(inputs.Ids), shape);
        return graph.Reshape(graph.Op("Add", tokens, positions), -1, config.HiddenSize);
    }

    private string ApplyLayer(string hidden, string name, MatrixFormat format, string mask)
    {
        var (query, key, value, outputProjection) = _names.Attention;
        var attention = $"{name}.{EncoderNames.AttentionModule}";
        var projected = weights
            .AddLinear(format, $"{attention}.{query}", $"{attention}.{key}", $"{attention}.{value}")
            .Apply(hidden);
        var mixed = _attention.Apply(projected, mask, queries => queries, keys => keys);
        var output = weights.AddLinear(format, $"{attention}.{outputProjection}").Apply(mixed);
        var attended = Norm(graph.Op("Add", output, hidden), $"{name}.{_names.AttentionNorm}");
        var expanded = graph.Op("Gelu", weights.AddLinear(format, $"{name}.{_names.Up}").Apply(attended));
        var reduced = weights.AddLinear(format, $"{name}.{_names.Down}").Apply(expanded);
        return Norm(graph.Op("Add", reduced, attended), $"{name}.{_names.OutputNorm}");
    }

    private string Norm(string input, string name) => graph.Op(
        "LayerNormalization",
        [input, weights.AddVector($"{name}.weight"), weights.AddVector($"{name}.bias")],
        NodeAttribute.Of("axis", -1), NodeAttribute.Of("epsilon", config.LayerNormEps));
}
