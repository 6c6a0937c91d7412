using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LuceneLsr.Files;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Training.Tokenizers;

/// <summary>Writes a learned vocabulary as a Hugging Face <c>tokenizer.json</c>: lower-cased, byte-level BPE.</summary>
internal static class TokenizerFile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // the alphabet is full of letters that need no escape
    };

    /// <summary>Writes the file into a checkpoint directory.</summary>
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
                ["pretokenizers"] = new JsonArray(
                    new JsonObject
                    {
                        ["type"] = "Split",
                        ["pattern"] = new JsonObject { ["Regex"] = WordCounter.Pattern },
                        ["behavior"] = "Removed",
                        ["invert"] = true,
                    },
                    new JsonObject
                    {
                        ["type"] = "ByteLevel",
                        ["add_prefix_space"] = false,
                        ["trim_offsets"] = true,
                        ["use_regex"] = false,
                    }),
            },
            ["decoder"] = new JsonObject { ["type"] = "ByteLevel" },
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["vocab"] = new JsonObject(
                    tokens.Index().Select(pair => KeyValuePair.Create(pair.Item, (JsonNode?)pair.Index))),
                ["merges"] = new JsonArray([.. merges.Select(merge => (JsonNode)merge)]),
            },
        };
        AtomicFile.WriteText(Path.Combine(directory, TextTokenizer.FileName), json.ToJsonString(Json) + "\n");
    }
}
