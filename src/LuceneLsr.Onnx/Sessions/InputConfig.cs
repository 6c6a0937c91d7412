using System.Text.Json;
using LuceneLsr.Files;
using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Layouts;

namespace LuceneLsr.Onnx.Sessions;

/// <summary>
/// What <c>config.json</c> says about the input of a model and its ONNX file does not. Every field is optional.
/// </summary>
/// <param name="VocabularySize">The number of token ids.</param>
/// <param name="ContextLength">The maximum number of positions.</param>
/// <param name="BosTokenId">The beginning-of-sequence token.</param>
internal sealed record InputConfig(int? VocabularySize, int? ContextLength, int? BosTokenId)
{
    private const string FileName = "config.json";

    /// <summary>Loads the file of a directory, if there is one.</summary>
    /// <exception cref="CheckpointException">The file is malformed.</exception>
    public static InputConfig Load(string directory)
    {
        var path = Path.Combine(directory, FileName);
        return File.Exists(path)
            ? CheckpointFile.ReadJson(path, root => new InputConfig(
                ReadInteger(root, "vocab_size"), InputLength.ReadContextLength(root),
                ReadInteger(root, "bos_token_id")))
            : new InputConfig(null, null, null);
    }

    private static int? ReadInteger(JsonElement root, string field)
    {
        if (root.GetOptional(field) is not { } node)
        {
            return null;
        }

        Require.Field(node.ValueKind == JsonValueKind.Number && node.TryGetInt32(out var value) && value >= 0, field,
            node.GetRawText(), "it must be a whole number of at least 0");
        return node.GetInt32();
    }
}
