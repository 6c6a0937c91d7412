using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Tests.Tokenizers;

/// <summary>
/// Tokenizers of open LLMs, reduced to the tokens of the test strings, and the ids of these strings by the reference
/// implementations with full vocabularies (see Reference/Families/README.md).
/// </summary>
internal static class ModelFamilyTokenizer
{
    public const string Model = "mistral.model"; // the only one that is not a tokenizer.json

    private static readonly ConcurrentDictionary<string, TextTokenizer> Loaded = new(StringComparer.Ordinal);

    public static IReadOnlyList<string> Variants { get; } =
        ["llama3", "qwen3", "gpt2", "gpt2_prefixed", "smollm", "llama2", "llama2_metaspace", "mistral", Model];

    public static IReadOnlyList<string> Texts { get; } =
        JsonSerializer.Deserialize<string[]>(Resource("strings.json"))!;

    /// <summary>Gets the expected ids of each text.</summary>
    public static int[][] GetExpectedIds(string variant)
    {
        var json = JsonNode.Parse(Resource($"{variant}.ids.json"))!;
        return (variant == Model ? json : json["ids"]).Deserialize<int[][]>()!;
    }

    /// <summary>Loads a tokenizer.</summary>
    public static TextTokenizer Load(string variant) => Loaded.GetOrAdd(variant, static name =>
    {
        using var folder = new TemporaryFolder();
        Write(name, folder);
        return TextTokenizer.Load(folder.Path);
    });

    /// <summary>Writes the file of a tokenizer.</summary>
    public static void Write(string variant, TemporaryFolder folder)
    {
        if (variant == Model)
        {
            folder.Write(TextTokenizer.SentencePieceFileName, Resource(Model));
        }
        else
        {
            folder.Write(TextTokenizer.FileName, Json(variant));
        }
    }

    private static string Json(string variant)
    {
        var cases = JsonNode.Parse(Resource($"{variant}.ids.json"))!;
        var json = JsonNode.Parse(Resource($"{cases["of"]}.json"))!;
        foreach (var (field, value) in cases["changes"]!.AsObject())
        {
            json[field] = value?.DeepClone();
        }

        return json.ToJsonString();
    }

    /// <summary>Gets the contents of a packed reference file.</summary>
    public static byte[] Resource(string name)
    {
        using var packed = typeof(ModelFamilyTokenizer).Assembly.GetManifestResourceStream($"{name}.gz")!;
        using var stream = new GZipStream(packed, CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
