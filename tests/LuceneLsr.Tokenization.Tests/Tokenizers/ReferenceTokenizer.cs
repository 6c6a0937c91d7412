using System.Text.Json;
using System.Text.Json.Nodes;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Tests.Tokenizers;

/// <summary>
/// A tokenizer, and strings with their ids by another implementation (see Reference/README.md).
/// </summary>
internal static class ReferenceTokenizer
{
    /// <summary>Gets the strings of cases.json.</summary>
    public static IReadOnlyList<string> Texts { get; } = [.. Cases().Select(row => row["text"]!.GetValue<string>())];

    /// <summary>Gets the contents of tokenizer.json.</summary>
    public static string Json { get; } = Resource("tokenizer.json");

    /// <summary>Gets the texts with their expected ids.</summary>
    public static IEnumerable<(string Text, int[] Ids)> GetExpectedIds(string variant) =>
        Cases().Select(row => (row["text"]!.GetValue<string>(), row[variant].Deserialize<int[]>()!));

    /// <summary>Loads the tokenizer with one of the pre-tokenizers.</summary>
    public static TextTokenizer Load(string variant = "split")
    {
        if (variant == "split")
        {
            return Parse(Json);
        }

        var json = JsonNode.Parse(Json)!;
        json["normalizer"] = null;
        var hasPrefix = variant == "gpt2_prefixed" ? "true" : "false";
        json["pre_tokenizer"] = JsonNode.Parse(
            $$"""{"type": "ByteLevel", "add_prefix_space": {{hasPrefix}}, "use_regex": true}""");
        return Parse(json.ToJsonString());
    }

    /// <summary>Loads a tokenizer from JSON.</summary>
    public static TextTokenizer Parse(string json)
    {
        using var folder = new TemporaryFolder();
        folder.Write(TextTokenizer.FileName, json);
        return TextTokenizer.Load(folder.Path);
    }

    private static IEnumerable<JsonNode> Cases() =>
        JsonNode.Parse(Resource("cases.json"))!.AsArray().Select(row => row!);

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(ReferenceTokenizer).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
