using LuceneLsr.Torch.Configs;

namespace LuceneLsr.Torch.Tests.Reference;

/// <summary>
/// A model's weights as plain row-major arrays, with the names and shapes of Hugging Face checkpoints.
/// </summary>
internal sealed class ReferenceWeights
{
    private readonly Dictionary<string, (int[] Shape, float[] Values)> _tensors = new(StringComparer.Ordinal);

    private ReferenceWeights(ModelConfig config)
    {
        switch (config)
        {
            case DecoderConfig decoder:
                AddDecoder(decoder);
                break;
            case EncoderConfig encoder:
                AddEncoder(encoder, PublishedNames.Families[encoder.ModelType]);
                break;
            default:
                throw new ArgumentException($"The names of {config.ModelType} are unknown.", nameof(config));
        }
    }

    public IEnumerable<string> Names => _tensors.Keys;

    /// <summary>Creates random weights, large enough for non-uniform attention and logits of both signs.</summary>
    public static ReferenceWeights Random(ModelConfig config, int seed)
    {
        var random = new Random(seed);
        var weights = new ReferenceWeights(config);
        foreach (var (shape, values) in weights._tensors.Values)
        {
            for (var index = 0; index < values.Length; index++)
            {
                values[index] = shape.Length == 1
                    ? (float)(0.5 + random.NextDouble())
                    : (float)((random.NextDouble() - 0.5) * 6 / Math.Sqrt(shape[1]));
            }
        }

        return weights;
    }

    /// <summary>Creates zero weights, with norms of one: the layers add nothing to the residual stream.</summary>
    public static ReferenceWeights Zero(ModelConfig config)
    {
        var weights = new ReferenceWeights(config);
        foreach (var name in weights.Names
            .Where(name => name.EndsWith("norm.weight", StringComparison.OrdinalIgnoreCase)))
        {
            Array.Fill(weights[name], 1);
        }

        return weights;
    }

    public float[] this[string name] => _tensors[name].Values;

    /// <summary>Copies the weights that another model has too.</summary>
    public ReferenceWeights CopyFor(ModelConfig config)
    {
        var copy = new ReferenceWeights(config);
        foreach (var name in copy.Names)
        {
            this[name].CopyTo(copy[name], 0);
        }

        return copy;
    }

    public bool Contains(string name) => _tensors.ContainsKey(name);

    public int[] Shape(string name) => _tensors[name].Shape;

    /// <summary>Replaces each weight and returns this instance.</summary>
    public ReferenceWeights Map(Func<float, float> change)
    {
        foreach (var (_, values) in _tensors.Values)
        {
            for (var index = 0; index < values.Length; index++)
            {
                values[index] = change(values[index]);
            }
        }

        return this;
    }

    private void AddDecoder(DecoderConfig config)
    {
        int hidden = config.HiddenSize, inner = config.IntermediateSize;
        int queries = config.NumAttentionHeads * config.HeadDim, keys = config.NumKeyValueHeads * config.HeadDim;
        Add("model.embed_tokens.weight", config.VocabSize, hidden);
        for (var layer = 0; layer < config.NumHiddenLayers; layer++)
        {
            var prefix = $"model.layers.{layer}.";
            Add(prefix + "input_layernorm.weight", hidden);
            Linear(prefix + "self_attn.q_proj", queries, hidden, config.QueryKeyValueBias);
            Linear(prefix + "self_attn.k_proj", keys, hidden, config.QueryKeyValueBias);
            Linear(prefix + "self_attn.v_proj", keys, hidden, config.QueryKeyValueBias);
            Linear(prefix + "self_attn.o_proj", hidden, queries, config.AttentionOutputBias);
            if (config.QueryKeyNorm)
            {
                Add(prefix + "self_attn.q_norm.weight", config.HeadDim);
                Add(prefix + "self_attn.k_norm.weight", config.HeadDim);
            }

            Add(prefix + "post_attention_layernorm.weight", hidden);
            Linear(prefix + "mlp.gate_proj", inner, hidden, config.FeedForwardBias);
            Linear(prefix + "mlp.up_proj", inner, hidden, config.FeedForwardBias);
            Linear(prefix + "mlp.down_proj", hidden, inner, config.FeedForwardBias);
        }

        Add("model.norm.weight", hidden);
        if (!config.TieWordEmbeddings)
        {
            Add("lm_head.weight", config.OutputSize, hidden);
        }

        if (config.OutputBias)
        {
            Add("lm_head.bias", config.OutputSize);
        }
    }

    private void AddEncoder(EncoderConfig config, PublishedNames names)
    {
        var hidden = config.HiddenSize;
        Add(names.Words, config.VocabSize, hidden);
        Add(names.Positions, config.MaxPositionEmbeddings, hidden);
        if (names.TokenTypes is { } types)
        {
            Add(types, config.TypeVocabSize, hidden);
        }

        LayerNorm(names.EmbeddingNorm, hidden);
        for (var layer = 0; layer < config.NumHiddenLayers; layer++)
        {
            foreach (var projection in (string[])[names.Query, names.Key, names.Value, names.AttentionOutput])
            {
                Linear(names.InLayer(layer, projection), hidden, hidden, hasBias: true);
            }

            LayerNorm(names.InLayer(layer, names.AttentionNorm), hidden);
            Linear(names.InLayer(layer, names.Up), config.IntermediateSize, hidden, hasBias: true);
            Linear(names.InLayer(layer, names.Down), hidden, config.IntermediateSize, hasBias: true);
            LayerNorm(names.InLayer(layer, names.OutputNorm), hidden);
        }

        AddEncoderHead(config, names);
    }

    private void AddEncoderHead(EncoderConfig config, PublishedNames names)
    {
        if (config.HeadTransform)
        {
            Linear(names.TransformDense, config.HiddenSize, config.HiddenSize, hasBias: true);
            LayerNorm(names.TransformNorm, config.HiddenSize);
        }

        if (!config.TieWordEmbeddings)
        {
            Add(names.Head + ".weight", config.OutputSize, config.HiddenSize);
        }

        if (config.OutputBias)
        {
            Add(names.HeadBias, config.OutputSize);
        }
    }

    private void LayerNorm(string name, int size)
    {
        Add(name + ".weight", size);
        Add(name + ".bias", size);
    }

    private void Linear(string name, int rows, int columns, bool hasBias)
    {
        Add(name + ".weight", rows, columns);
        if (hasBias)
        {
            Add(name + ".bias", rows);
        }
    }

    private void Add(string name, params int[] shape) =>
        _tensors.Add(name, (shape, new float[shape.Aggregate((product, size) => product * size)]));
}
