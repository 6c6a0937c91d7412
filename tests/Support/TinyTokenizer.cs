using System.Text.Json.Nodes;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.TestSupport;

/// <summary>
/// A byte-level BPE tokenizer with a few words as tokens. Everything else is encoded as bytes.
/// </summary>
public static class TinyTokenizer
{
    /// <summary>The number of token ids. Some are unused, as in models that pad their embeddings.</summary>
    public const int Size = 300;

    /// <summary>The id of the special token "&lt;s&gt;".</summary>
    public const int Bos = Size - 1;

    private static readonly string[] Words = ["cat", "dog", "film", "movie", "run", "runs", "tag"];

    private static readonly string[] Bytes =
        [.. ByteLevelAlphabet.Characters.Order().Select(character => character.ToString())];

    // Merges build each word letter by letter from its leading space: "Ġ c", "Ġc a", "Ġca t".
    private static readonly (string Left, string Right)[] Merges = [.. Words
        .SelectMany(word => word.Select((letter, index) => ("Ġ" + word[..index], letter.ToString()))).Distinct()];

    private static readonly string[] Tokens = [.. Bytes, .. Merges.Select(merge => merge.Left + merge.Right)];

    /// <summary>Gets the id of a word that is one token.</summary>
    public static int Id(string word) => Array.IndexOf(Tokens, "Ġ" + word) is >= 0 and var id
        ? id
        : throw new ArgumentException($"'{word}' is not a token.", nameof(word));

    /// <summary>Gets the id of a byte by its character in the alphabet.</summary>
    public static int ByteId(char character) => Array.IndexOf(Bytes, character.ToString());

    /// <summary>Gets the contents of tokenizer.json. The tokenizer keeps case.</summary>
    public static string Json() => new JsonObject
    {
        ["added_tokens"] = new JsonArray(new JsonObject { ["id"] = Bos, ["content"] = "<s>", ["special"] = true }),
        ["normalizer"] = null,
        ["pre_tokenizer"] =
            new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = true, ["use_regex"] = true },
        ["model"] = new JsonObject
        {
            ["type"] = "BPE",
            ["vocab"] = new JsonObject(
                Tokens.Index().Select(token => KeyValuePair.Create(token.Item, (JsonNode?)token.Index))),
            ["merges"] = new JsonArray([.. Merges.Select(merge => (JsonNode)$"{merge.Left} {merge.Right}")]),
        },
    }.ToJsonString();
}
