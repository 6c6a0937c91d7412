using System.Text.Json;
using LuceneLsr.Tokenization;

namespace LuceneLsr.Onnx.Sessions;

/// <summary>What <c>config.json</c> says about a model and its ONNX file does not. Every field is optional.</summary>
/// <param name="VocabSize">The number of token ids.</param>
/// <param name="MaxPositionEmbeddings">The maximum number of positions.</param>
/// <param name="BosTokenId">The beginning-of-sequence token.</param>
internal sealed record ModelConfig(int? VocabSize, int? MaxPositionEmbeddings, int? BosTokenId)
{
    /// <summary>The file name in a model directory.</summary>
    public const string FileName = "config.json";

    /// <summary>Loads the file of a directory, if there is one.</summary>
    /// <exception cref="CheckpointException">The file is malformed.</exception>
    public static ModelConfig Load(string directory)
    {
        var path = Path.Combine(directory, FileName);
        return File.Exists(path)
            ? CheckpointFile.ReadJson(path, root => new ModelConfig(
                ReadInteger(root, "vocab_size"), ReadInteger(root, "max_position_embeddings"),
                ReadInteger(root, "bos_token_id")))
            : new ModelConfig(null, null, null);
    }

    private static int? ReadInteger(JsonElement root, string field)
    {
        if (!root.TryGetProperty(field, out var node) || node.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return node.ValueKind == JsonValueKind.Number && node.TryGetInt32(out var value) && value >= 0
            ? value
            : throw new InvalidDataException(
                $"field '{field}' is {node.GetRawText()}, but must be an integer of at least 0.");
    }
}
