using System.Text.Json;
using LuceneLsr.Files;
using LuceneLsr.Tokenization.Tokenizers.HuggingFace;

namespace LuceneLsr.Tokenization.Layouts;

/// <summary>Finds the maximum length of a model's input, in tokens with special tokens.</summary>
internal static class InputLength
{
    private const int DefaultPositions = 512;

    // Their positions start after the padding token's id.
    private static readonly string[] RobertaTypes = ["roberta", "xlm-roberta", "camembert"];

    /// <summary>
    /// Reads the smallest of the limits of <c>config.json</c> (<c>max_position_embeddings</c>),
    /// <c>tokenizer_config.json</c> (<c>model_max_length</c>) and <c>sentence_bert_config.json</c>
    /// (<c>max_seq_length</c>). The latter two are optional.
    /// </summary>
    /// <exception cref="CheckpointException">
    /// <c>config.json</c> is missing, or a limit is not a number greater than 0.
    /// </exception>
    public static int Read(string directory)
    {
        var config = Path.Combine(directory, "config.json");
        CheckpointFile.RequireExists(config, "A directory of a public model contains it.");
        return (int)new[]
        {
            CheckpointFile.ReadJson(config, root => ReadContextLength(root) ?? DefaultPositions),
            ReadLimit(Path.Combine(directory, TokenizerConfig.FileName), "model_max_length"),
            ReadLimit(Path.Combine(directory, SparseEncoderLayout.TransformerFileName), "max_seq_length"),
        }.Min();
    }

    /// <summary>Reads the context length of a <c>config.json</c>, or returns null if it has none.</summary>
    /// <exception cref="InvalidDataException">A field is not a number in range.</exception>
    public static int? ReadContextLength(JsonElement config)
    {
        var positions = ReadLimit(config, "max_position_embeddings");
        var countsFromPadding = config.GetOptional("model_type") is not null
            && RobertaTypes.Contains(config.GetText("model_type"));
        return (int?)(countsFromPadding ? positions - (ReadLimit(config, "pad_token_id", min: 0) ?? 1) - 1 : positions);
    }

    private static double ReadLimit(string path, string field) => File.Exists(path)
        ? CheckpointFile.ReadJson(path, root => ReadLimit(root, field) ?? int.MaxValue)
        : int.MaxValue;

    // A tokenizer without a limit has 1e30.
    private static double? ReadLimit(JsonElement root, string field, int min = 1)
    {
        Require.Data(root.ValueKind == JsonValueKind.Object, "expected a JSON object");
        if (root.GetOptional(field) is not { } node)
        {
            return null;
        }

        Require.Field(node.ValueKind == JsonValueKind.Number && node.GetDouble() >= min, field, node.GetRawText(),
            $"it must be a number of at least {min}");
        return Math.Min(node.GetDouble(), int.MaxValue);
    }
}
