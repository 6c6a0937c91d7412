using System.Text.Json;
using LuceneLsr.Files;

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
    /// <exception cref="CheckpointException">A limit is not a number greater than 0.</exception>
    public static int Read(string directory) => (int)new[]
    {
        CheckpointFile.ReadJson(Path.Combine(directory, "config.json"), ReadPositions),
        ReadLimit(Path.Combine(directory, "tokenizer_config.json"), "model_max_length"),
        ReadLimit(Path.Combine(directory, SparseEncoderLayout.TransformerFileName), "max_seq_length"),
    }.Min();

    private static double ReadPositions(JsonElement config)
    {
        var positions = ReadLimit(config, "max_position_embeddings") ?? DefaultPositions;
        var countsFromPadding = config.GetOptional("model_type") is not null
            && RobertaTypes.Contains(config.GetText("model_type"));
        return countsFromPadding ? positions - (ReadLimit(config, "pad_token_id") ?? 1) - 1 : positions;
    }

    private static double ReadLimit(string path, string field) => File.Exists(path)
        ? CheckpointFile.ReadJson(path, root => ReadLimit(root, field) ?? int.MaxValue)
        : int.MaxValue;

    // A tokenizer without a limit has 1e30.
    private static double? ReadLimit(JsonElement root, string field)
    {
        Require.Data(root.ValueKind == JsonValueKind.Object, "expected a JSON object");
        if (root.GetOptional(field) is not { } node)
        {
            return null;
        }

        Require.Field(node.ValueKind == JsonValueKind.Number && node.GetDouble() >= 1, field, node.GetRawText(),
            "it must be a number of at least 1");
        return Math.Min(node.GetDouble(), int.MaxValue);
    }
}
