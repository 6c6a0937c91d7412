using System.Text.Json;
using LuceneLsr.Files;
using LuceneLsr.Tokenization;

namespace LuceneLsr.Torch.Checkpoints;

/// <summary>
/// The shape of a causal LM of the Llama, Mistral, Qwen 2 or Qwen 3 family, from a Hugging Face style
/// <c>config.json</c>.
/// </summary>
public sealed record DecoderConfig
{
    /// <summary>The file's name in a checkpoint directory.</summary>
    public const string FileName = "config.json";

    /// <summary>The family, as <c>model_type</c> names it: what is written again.</summary>
    public string ModelType { get; init; } = ModelFamily.All[0].ModelType;

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

    /// <summary>How the rotary frequencies are stretched; null: not at all.</summary>
    public RopeScaling? RopeScaling { get; init; }

    /// <summary>Whether the query, key and value projections have biases.</summary>
    public bool QueryKeyValueBias { get; init; }

    /// <summary>Whether the projection behind attention has a bias.</summary>
    public bool AttentionOutputBias { get; init; }

    /// <summary>Whether the projections of the SwiGLU layer have biases.</summary>
    public bool FeedForwardBias { get; init; }

    /// <summary>Whether each head's queries and keys are normed before they are turned (Qwen 3).</summary>
    public bool QueryKeyNorm { get; init; }

    /// <summary>
    /// Positions that a windowed layer sees, the own one included: under the causal mask the own one and those right
    /// before it, in a bidirectional pass as many to both sides; null: all.
    /// </summary>
    public int? SlidingWindow { get; init; }

    /// <summary>The first layer that <see cref="SlidingWindow"/> holds for; those before it see everything.</summary>
    public int FirstWindowedLayer { get; init; }

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

    /// <summary>Whether a layer sees only <see cref="SlidingWindow"/> positions.</summary>
    public bool IsWindowed(int layer) => SlidingWindow is not null && layer >= FirstWindowedLayer;

    /// <summary>Reads a checkpoint directory's configuration.</summary>
    /// <exception cref="CheckpointException">
    /// The file is missing or a field is missing, wrong or not supported.
    /// </exception>
    public static DecoderConfig Load(string directory)
    {
        var path = Path.Combine(directory, FileName);
        CheckpointFile.RequireExists(
            path, "A checkpoint directory contains config.json, model.safetensors, tokenizer.json and lsr.json.");
        return CheckpointFile.ReadJson(path, Parse);
    }

    /// <summary>Writes the configuration into a checkpoint directory.</summary>
    public void Save(string directory) => AtomicFile.WriteText(
        Path.Combine(directory, FileName),
        ConfigWriter.Write(this).ToJsonString(new() { WriteIndented = true }) + "\n");

    private static DecoderConfig Parse(JsonElement root)
    {
        Require.Data(root.ValueKind == JsonValueKind.Object, "not a JSON object");
        return new ConfigReader(root).Read();
    }
}
