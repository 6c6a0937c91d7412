using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LuceneLsr.Files;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Training.Tokenizers;

/// <summary>Writes a vocabulary as a Hugging Face <c>tokenizer.json</c> with lower-casing and byte-level BPE.</summary>
internal static class TokenizerFile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // keeps the non-ASCII byte-level alphabet readable
    };

    /// <summary>Writes the file into a checkpoint directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="tokens">The tokens by id.</param>
    /// <param name="merges">The merges in order.</param>
    public static void Save(string directory, IReadOnlyList<string> tokens, IReadOnlyList<string> merges)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(merges);
        var json = new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray(),
            ["normalizer"] = new JsonObject { ["type"] = "Lowercase" },
            ["pre_tokenizer"] = new JsonObject
            {
                ["type"] = "Sequence",
                ["pretokenizers"] = new JsonArray(CreateSplit(), CreateByteLevel()),
            },
            ["decoder"] = new JsonObject { ["type"] = "ByteLevel" },
            ["model"] = CreateModel(tokens, merges),
        };
        AtomicFile.WriteText(Path.Combine(directory, TextTokenizer.FileName), json.ToJsonString(Json) + "\n");
    }

    private static JsonObject CreateSplit() => new()
    {
        ["type"] = "Split",
        ["pattern"] = new JsonObject { ["Regex"] = WordCounter.Pattern },
        ["behavior"] = "Removed",
        ["invert"] = true,
    };

    private static JsonObject CreateByteLevel() => new()
    {
        ["type"] = "ByteLevel",
        ["add_prefix_space"] = false,
        ["trim_offsets"] = true,
        ["use_regex"] = false,
    };

    private static JsonObject CreateModel(IReadOnlyList<string> tokens, IReadOnlyList<string> merges) => new()
    {
        ["type"] = "BPE",
        ["vocab"] = new JsonObject(
            tokens.Index().Select(pair => KeyValuePair.Create(pair.Item, (JsonNode?)pair.Index))),
        ["merges"] = new JsonArray([.. merges.Select(merge => (JsonNode)merge)]),
    };
}
