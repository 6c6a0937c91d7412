using System.Text.Json;
using System.Text.Json.Nodes;
using LuceneLsr.Files;
using LuceneLsr.Tokenization;

namespace LuceneLsr.Torch.Configs;

/// <summary>The shape of a language model, as in a Hugging Face <c>config.json</c>.</summary>
public abstract record ModelConfig
{
    /// <summary>The file's name in a checkpoint directory.</summary>
    public const string FileName = "config.json";

    private protected ModelConfig()
    {
    }

    /// <summary>Gets the model family, as in <c>model_type</c>.</summary>
    public abstract string ModelType { get; init; }

    /// <summary>Gets the number of token ids.</summary>
    public required int VocabSize { get; init; }

    /// <summary>Gets the width of the residual stream.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Gets the inner width of the feed-forward layers.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Gets the number of layers.</summary>
    public required int NumHiddenLayers { get; init; }

    /// <summary>Gets the number of attention (query) heads.</summary>
    public required int NumAttentionHeads { get; init; }

    /// <summary>Gets the number of positions that the model was made for.</summary>
    public required int MaxPositionEmbeddings { get; init; }

    /// <summary>Gets whether the head shares the embedding matrix.</summary>
    public required bool TieWordEmbeddings { get; init; }

    /// <summary>Gets the beginning-of-sequence token, or null if the configuration names none.</summary>
    public int? BosTokenId { get; init; }

    /// <summary>
    /// Gets the number of rows of the head: <see cref="VocabSize"/> in a language model, the number of terms if several
    /// tokens share one. Not a Hugging Face field (<c>output_size</c>).
    /// </summary>
    public required int OutputSize { get; init; }

    /// <summary>
    /// Gets whether the head has a bias. Not a Hugging Face field (<c>output_bias</c>).
    /// </summary>
    public required bool OutputBias { get; init; }

    /// <summary>Gets the context length in tokens.</summary>
    internal virtual int ContextLength => MaxPositionEmbeddings;

    /// <summary>Gets the class of Hugging Face's transformers that loads the model.</summary>
    internal abstract string AutoClass { get; }

    /// <summary>Gets the task of the model in Hugging Face's PEFT, or null for none.</summary>
    internal abstract string? PeftTask { get; }

    /// <summary>Gets the names of modules in the family's checkpoints.</summary>
    internal abstract ModuleNames Names { get; }

    /// <summary>Reads the configuration of a checkpoint directory.</summary>
    /// <exception cref="CheckpointException">
    /// The file is missing, or a field is missing, malformed or not supported.
    /// </exception>
    public static ModelConfig Load(string directory)
    {
        var path = Path.Combine(directory, FileName);
        CheckpointFile.RequireExists(
            path, "A checkpoint directory contains config.json, model.safetensors, tokenizer.json and lsr.json.");
        return CheckpointFile.ReadJson(path, Parse);
    }

    /// <summary>Writes the configuration to a checkpoint directory.</summary>
    public void Save(string directory) => AtomicFile.WriteText(
        Path.Combine(directory, FileName), ToJson().ToJsonString(new() { WriteIndented = true }) + "\n");

    /// <summary>Returns the contents of the file.</summary>
    internal abstract JsonObject ToJson();

    private static ModelConfig Parse(JsonElement root)
    {
        Require.Data(root.ValueKind == JsonValueKind.Object, "not a JSON object");
        var type = root.GetOptional("model_type")?.GetRawText();
        if (DecoderFamily.All.FirstOrDefault(family => $"\"{family.ModelType}\"" == type) is { } decoder)
        {
            return new DecoderConfigReader(root).Read(decoder);
        }

        var encoder = EncoderFamily.All.FirstOrDefault(family => $"\"{family.ModelType}\"" == type);
        var known = DecoderFamily.All.Select(family => family.ModelType)
            .Concat(EncoderFamily.All.Select(family => family.ModelType));
        Require.Field(encoder is not null, "model_type", type,
            $"only {string.Join(", ", known.Select(name => $"'{name}'"))} are supported");
        return new EncoderConfigReader(root).Read(encoder);
    }
}
