using System.Text.Json;
using LuceneLsr.Encoding;

namespace LuceneLsr.Torch.Checkpoints;

/// <summary>
/// Reads the fields of a <c>config.json</c>; what the model does not implement is refused by the field's name.
/// </summary>
internal sealed class ConfigReader(JsonElement root, string path)
{
    public LlamaConfig Read()
    {
        Expect("model_type", value => value is "\"llama\"", "only 'llama' is supported");
        Expect("hidden_act", value => value is null or "\"silu\"", "only 'silu' is supported");
        Expect("rope_scaling", value => value is null, "rope scaling is not supported");
        Expect("rope_parameters", value => value is null,
            "state a plain base as rope_theta; rope scaling is not supported");
        Expect("attention_bias", value => value is null or "false", "biases are not supported");
        Expect("mlp_bias", value => value is null or "false", "biases are not supported");
        int hidden = Integer("hidden_size"), heads = Integer("num_attention_heads"), vocabulary = Integer("vocab_size");
        Require(Field("head_dim") is not null || hidden % heads == 0, "num_attention_heads",
            "without head_dim it must divide hidden_size");
        var config = new LlamaConfig
        {
            VocabSize = vocabulary,
            HiddenSize = hidden,
            IntermediateSize = Integer("intermediate_size"),
            NumHiddenLayers = Integer("num_hidden_layers"),
            NumAttentionHeads = heads,
            NumKeyValueHeads = Integer("num_key_value_heads", heads),
            HeadDim = Integer("head_dim", hidden / heads),
            RmsNormEps = Number("rms_norm_eps", 1e-6),
            RopeTheta = Number("rope_theta", 10_000),
            MaxPositionEmbeddings = Integer("max_position_embeddings", 2048),
            TieWordEmbeddings = Boolean("tie_word_embeddings"),
            BosTokenId = Field("bos_token_id") is null ? null : Integer("bos_token_id", least: 0),
            OutputSize = Integer("output_size", vocabulary),
            OutputBias = Boolean("output_bias"),
        };
        Require(heads % config.NumKeyValueHeads == 0, "num_key_value_heads", "it must divide num_attention_heads");
        Require(config.HeadDim % 2 == 0, "head_dim", "rotary positions need an even number");
        Require(!config.TieWordEmbeddings || config.OutputSize == vocabulary, "output_size",
            "a tied head has vocab_size rows");
        return config;
    }

    private int Integer(string name, int? fallback = null, int least = 1)
    {
        if (Field(name) is not { } field)
        {
            return fallback ?? throw new CheckpointException(path, $"field '{name}' is missing.");
        }

        Require(field.ValueKind == JsonValueKind.Number && field.TryGetInt32(out var value) && value >= least, name,
            $"it must be a whole number of at least {least}");
        return field.GetInt32();
    }

    private double Number(string name, double fallback)
    {
        if (Field(name) is not { } field)
        {
            return fallback;
        }

        Require(field.ValueKind == JsonValueKind.Number && field.GetDouble() is > 0 and < double.PositiveInfinity, name,
            "it must be a finite number above zero");
        return field.GetDouble();
    }

    private bool Boolean(string name)
    {
        Expect(name, value => value is null or "true" or "false", "it must be true or false");
        return Field(name)?.GetBoolean() ?? false;
    }

    private JsonElement? Field(string name) =>
        root.TryGetProperty(name, out var field) && field.ValueKind != JsonValueKind.Null ? field : null;

    private void Expect(string name, Func<string?, bool> allowed, string rule) => // of the field's raw JSON
        Require(allowed(Field(name)?.GetRawText()), name, rule);

    private void Require(bool holds, string name, string rule)
    {
        if (!holds)
        {
            throw new CheckpointException(path, $"field '{name}' is {Field(name)?.GetRawText() ?? "missing"}: {rule}.");
        }
    }
}
