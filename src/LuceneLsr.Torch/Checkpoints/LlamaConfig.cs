using System.Text.Json;
using System.Text.Json.Nodes;
using LuceneLsr.Encoding;

namespace LuceneLsr.Torch.Checkpoints;

/// <summary>The shape of a Llama-architecture model, from a Hugging Face style <c>config.json</c>.</summary>
public sealed record LlamaConfig
{
    /// <summary>The file's name in a checkpoint directory.</summary>
    public const string FileName = "config.json";

    /// <summary>Number of token ids.</summary>
    public required int VocabSize { get; init; }

    /// <summary>Width of the residual stream.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Width of the SwiGLU layer.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Number of decoder layers.</summary>
    public required int NumHiddenLayers { get; init; }

    /// <summary>Number of query heads.</summary>
    public required int NumAttentionHeads { get; init; }

    /// <summary>Number of key and value heads, which groups of query heads share.</summary>
    public required int NumKeyValueHeads { get; init; }

    /// <summary>Width of one head.</summary>
    public required int HeadDim { get; init; }

    /// <summary>Added to the mean square in RMSNorm.</summary>
    public required double RmsNormEps { get; init; }

    /// <summary>Base of the rotary frequencies.</summary>
    public required double RopeTheta { get; init; }

    /// <summary>The model's window in tokens.</summary>
    public required int MaxPositionEmbeddings { get; init; }

    /// <summary>Whether the head is the embedding matrix.</summary>
    public required bool TieWordEmbeddings { get; init; }

    /// <summary>The beginning-of-sequence token, if the model has one.</summary>
    public int? BosTokenId { get; init; }

    /// <summary>
    /// Rows of the head: <see cref="VocabSize"/> in a language model, the number of terms where several tokens share
    /// one (our own field <c>output_size</c>).
    /// </summary>
    public required int OutputSize { get; init; }

    /// <summary>Whether the head has a bias (our own field <c>output_bias</c>).</summary>
    public required bool OutputBias { get; init; }

    /// <summary>Reads a checkpoint directory's configuration.</summary>
    /// <exception cref="CheckpointException">
    /// The file is missing or a field is missing, wrong or not supported.
    /// </exception>
    public static LlamaConfig Load(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            throw new CheckpointException(path,
                "missing. Name a checkpoint directory with config.json, model.safetensors, "
                + "tokenizer.json and lsr.json.");
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new ConfigReader(document.RootElement, path).Read()
                : throw new CheckpointException(path, "is no JSON object.");
        }
        catch (JsonException exception)
        {
            throw new CheckpointException(path, $"is no valid JSON: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the configuration into a checkpoint directory.</summary>
    public void Save(string directory)
    {
        var json = new JsonObject
        {
            ["architectures"] = new JsonArray("LlamaForCausalLM"),
            ["model_type"] = "llama",
            ["vocab_size"] = VocabSize,
            ["hidden_size"] = HiddenSize,
            ["intermediate_size"] = IntermediateSize,
            ["num_hidden_layers"] = NumHiddenLayers,
            ["num_attention_heads"] = NumAttentionHeads,
            ["num_key_value_heads"] = NumKeyValueHeads,
            ["head_dim"] = HeadDim,
            ["hidden_act"] = "silu",
            ["rms_norm_eps"] = RmsNormEps,
            ["rope_theta"] = RopeTheta,
            ["max_position_embeddings"] = MaxPositionEmbeddings,
            ["tie_word_embeddings"] = TieWordEmbeddings,
            ["bos_token_id"] = BosTokenId,
            ["output_size"] = OutputSize,
            ["output_bias"] = OutputBias,
        };
        File.WriteAllText(Path.Combine(directory, FileName), json.ToJsonString(new() { WriteIndented = true }) + "\n");
    }
}
