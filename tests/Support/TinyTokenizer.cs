using System.Text.Json.Nodes;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.TestSupport;

/// <summary>
/// A byte-level BPE tokenizer in which a few words are one token each and all else is spelled in bytes.
/// </summary>
public static class TinyTokenizer
{
    /// <summary>Token ids, with room to spare as in models that pad their embeddings.</summary>
    public const int Size = 300;

    /// <summary>The id of the special token "&lt;s&gt;".</summary>
    public const int Bos = Size - 1;

    private static readonly string[] Words = ["cat", "dog", "film", "movie", "run", "runs", "tag"];

    private static readonly string[] Bytes =
        [.. ByteLevelAlphabet.Characters.Order().Select(character => character.ToString())];

    // Each word grows letter by letter from its leading space: "Ġ c", "Ġc a", "Ġca t".
    private static readonly (string Left, string Right)[] Merges = [.. Words
        .SelectMany(word => word.Select((letter, index) => ("Ġ" + word[..index], letter.ToString()))).Distinct()];

    private static readonly string[] Tokens = [.. Bytes, .. Merges.Select(merge => merge.Left + merge.Right)];

    /// <summary>The id of a one-token word.</summary>
    public static int Id(string word) => Array.IndexOf(Tokens, "Ġ" + word) is >= 0 and var id
        ? id
        : throw new ArgumentException($"'{word}' is no token.", nameof(word));

    /// <summary>The id of a byte, by its character in the alphabet.</summary>
    public static int ByteId(char character) => Array.IndexOf(Bytes, character.ToString());

    /// <summary>The tokenizer's file; it keeps case.</summary>
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
