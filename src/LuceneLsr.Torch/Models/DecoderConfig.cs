using System.Text.Json;
using LuceneLsr.Files;
using LuceneLsr.Tokenization;

namespace LuceneLsr.Torch.Models;

/// <summary>
/// The shape of a causal LM of the Llama, Mistral, Qwen 2 or Qwen 3 family, as in a Hugging Face <c>config.json</c>.
/// </summary>
public sealed record DecoderConfig
{
    /// <summary>The file's name in a checkpoint directory.</summary>
    public const string FileName = "config.json";

    /// <summary>Gets the model family, as in <c>model_type</c>.</summary>
    public string ModelType { get; init; } = ModelFamily.All[0].ModelType;

    /// <summary>Gets the number of token ids.</summary>
    public required int VocabSize { get; init; }

    /// <summary>Gets the width of the residual stream.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Gets the inner width of the feed-forward layers.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Gets the number of decoder layers.</summary>
    public required int NumHiddenLayers { get; init; }

    /// <summary>Gets the number of query heads.</summary>
    public required int NumAttentionHeads { get; init; }

    /// <summary>Gets the number of key and value heads. Each serves a group of query heads.</summary>
    public required int NumKeyValueHeads { get; init; }

    /// <summary>Gets the width of one head.</summary>
    public required int HeadDim { get; init; }

    /// <summary>Gets the epsilon of RMSNorm.</summary>
    public required double RmsNormEps { get; init; }

    /// <summary>Gets the base of the rotary frequencies.</summary>
    public required double RopeTheta { get; init; }

    /// <summary>Gets the scaling of the rotary frequencies, or null for none.</summary>
    public RopeScaling? RopeScaling { get; init; }

    /// <summary>Gets whether the query, key and value projections have biases.</summary>
    public bool QueryKeyValueBias { get; init; }

    /// <summary>Gets whether the output projection of attention has a bias.</summary>
    public bool AttentionOutputBias { get; init; }

    /// <summary>Gets whether the projections of the feed-forward layers have biases.</summary>
    public bool FeedForwardBias { get; init; }

    /// <summary>Gets whether each head's queries and keys are normalized before rotation (Qwen 3).</summary>
    public bool QueryKeyNorm { get; init; }

    /// <summary>
    /// Gets the number of positions that a layer with sliding-window attention sees, including the token's own: under
    /// the causal mask those before it, in a bidirectional pass as many on both sides. Null means all positions.
    /// </summary>
    public int? SlidingWindow { get; init; }

    /// <summary>Gets the first layer with sliding-window attention. The layers before it see all positions.</summary>
    public int FirstSlidingWindowLayer { get; init; }

    /// <summary>Gets the context length in tokens.</summary>
    public required int MaxPositionEmbeddings { get; init; }

    /// <summary>Gets whether the head shares the embedding matrix.</summary>
    public required bool TieWordEmbeddings { get; init; }

    /// <summary>Gets the beginning-of-sequence token, or null if the model has none.</summary>
    public int? BosTokenId { get; init; }

    /// <summary>
    /// Gets the number of rows of the head: <see cref="VocabSize"/> in a language model, the number of terms if several
    /// tokens share one. Not a Hugging Face field (<c>output_size</c>).
    /// </summary>
    public required int OutputSize { get; init; }

    /// <summary>Gets whether the head has a bias. Not a Hugging Face field (<c>output_bias</c>).</summary>
    public required bool OutputBias { get; init; }

    /// <summary>Returns whether a layer uses sliding-window attention.</summary>
    internal bool UsesSlidingWindow(int layer) => SlidingWindow is not null && layer >= FirstSlidingWindowLayer;

    /// <summary>Reads the configuration of a checkpoint directory.</summary>
    /// <exception cref="CheckpointException">
    /// The file is missing, or a field is missing, malformed or not supported.
    /// </exception>
    public static DecoderConfig Load(string directory)
    {
        var path = Path.Combine(directory, FileName);
        CheckpointFile.RequireExists(
            path, "A checkpoint directory contains config.json, model.safetensors, tokenizer.json and lsr.json.");
        return CheckpointFile.ReadJson(path, Parse);
    }

    /// <summary>Writes the configuration to a checkpoint directory.</summary>
    public void Save(string directory) => AtomicFile.WriteText(
        Path.Combine(directory, FileName),
        ConfigWriter.Write(this).ToJsonString(new() { WriteIndented = true }) + "\n");

    private static DecoderConfig Parse(JsonElement root)
    {
        Require.Data(root.ValueKind == JsonValueKind.Object, "not a JSON object");
        return new ConfigReader(root).Read();
    }
}
