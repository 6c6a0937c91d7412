using LuceneLsr.Torch.Checkpoints;

namespace LuceneLsr.Torch.Tests.Reference;

/// <summary>
/// A model's weights as plain arrays, row-major; names and shapes as in Hugging Face's Llama checkpoints.
/// </summary>
internal sealed class LlamaWeights
{
    private readonly Dictionary<string, (int[] Shape, float[] Values)> _tensors = new(StringComparer.Ordinal);

    private LlamaWeights(LlamaConfig config)
    {
        int hidden = config.HiddenSize, inner = config.IntermediateSize;
        int queries = config.NumAttentionHeads * config.HeadDim, keys = config.NumKeyValueHeads * config.HeadDim;
        Add("model.embed_tokens.weight", config.VocabSize, hidden);
        for (var layer = 0; layer < config.NumHiddenLayers; layer++)
        {
            var prefix = $"model.layers.{layer}.";
            Add(prefix + "input_layernorm.weight", hidden);
            Add(prefix + "self_attn.q_proj.weight", queries, hidden);
            Add(prefix + "self_attn.k_proj.weight", keys, hidden);
            Add(prefix + "self_attn.v_proj.weight", keys, hidden);
            Add(prefix + "self_attn.o_proj.weight", hidden, queries);
            Add(prefix + "post_attention_layernorm.weight", hidden);
            Add(prefix + "mlp.gate_proj.weight", inner, hidden);
            Add(prefix + "mlp.up_proj.weight", inner, hidden);
            Add(prefix + "mlp.down_proj.weight", hidden, inner);
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

    public IEnumerable<string> Names => _tensors.Keys;

    /// <summary>Seeded weights, large enough that attention is far from uniform and logits take both signs.</summary>
    public static LlamaWeights Random(LlamaConfig config, int seed)
    {
        var random = new Random(seed);
        var weights = new LlamaWeights(config);
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

    /// <summary>All zero, norms one: with these, every layer adds nothing.</summary>
    public static LlamaWeights Zero(LlamaConfig config)
    {
        var weights = new LlamaWeights(config);
        foreach (var name in weights.Names.Where(name => name.EndsWith("norm.weight", StringComparison.Ordinal)))
        {
            Array.Fill(weights[name], 1);
        }

        return weights;
    }

    public float[] this[string name] => _tensors[name].Values;

    public int[] Shape(string name) => _tensors[name].Shape;

    /// <summary>The same weights, each changed.</summary>
    public LlamaWeights Map(Func<float, float> change)
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

    private void Add(string name, params int[] shape) =>
        _tensors.Add(name, (shape, new float[shape.Aggregate((product, size) => product * size)]));
}
