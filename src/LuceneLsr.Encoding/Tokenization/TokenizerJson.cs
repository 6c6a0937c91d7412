using System.Text.Json;

namespace LuceneLsr.Encoding.Tokenization;

/// <summary>
/// The parts of a Hugging Face <c>tokenizer.json</c> that a byte-level BPE tokenizer consists of. What this reader does
/// not know is refused by the field's name, because a tokenizer that is nearly right is wrong in silence.
/// </summary>
internal sealed record TokenizerJson(
    IReadOnlyDictionary<string, int> Vocabulary,
    IReadOnlyList<string> Merges,
    IReadOnlySet<int> SpecialIds,
    string Pattern,
    bool LowerCase,
    bool AddPrefixSpace)
{
    private const string Gpt2Pattern =
        @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    public static TokenizerJson Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(document.RootElement, path);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new CheckpointException(path, $"is no readable tokenizer.json: {exception.Message}", exception);
        }
    }

    private static TokenizerJson Read(JsonElement root, string path)
    {
        var model = root.GetProperty("model");
        Expect(model.GetProperty("type").GetString() == "BPE", path, "model.type", "only 'BPE' is supported");
        Expect(!Flag(model, "byte_fallback"), path, "model.byte_fallback", "only byte-level BPE is supported");
        var vocabulary = model.GetProperty("vocab").EnumerateObject()
            .ToDictionary(entry => entry.Name, entry => entry.Value.GetInt32(), StringComparer.Ordinal);
        var special = new HashSet<int>();
        foreach (var token in Items(root, "added_tokens"))
        {
            var id = token.GetProperty("id").GetInt32();
            vocabulary[token.GetProperty("content").GetString()!] = id;
            if (Flag(token, "special"))
            {
                special.Add(id);
            }
        }

        var (pattern, prefixSpace) = ReadPreTokenizer(root.GetProperty("pre_tokenizer"), path);
        return new TokenizerJson(vocabulary, [.. Items(model, "merges").Select(Merge)], special, pattern,
            ReadLowerCase(root, path), prefixSpace);
    }

    private static string Merge(JsonElement merge) => merge.ValueKind == JsonValueKind.Array
        ? $"{merge[0].GetString()} {merge[1].GetString()}"
        : merge.GetString()!;

    private static bool ReadLowerCase(JsonElement root, string path)
    {
        if (!root.TryGetProperty("normalizer", out var normalizer) || normalizer.ValueKind == JsonValueKind.Null)
        {
            return false;
        }

        Expect(TypeOf(normalizer) == "Lowercase", path, "normalizer.type", "only 'Lowercase' or null is supported");
        return true;
    }

    private static (string Pattern, bool PrefixSpace) ReadPreTokenizer(JsonElement node, string path)
    {
        JsonElement[] steps = TypeOf(node) == "Sequence" ? [.. Items(node, "pretokenizers")] : [node];
        var byteLevel = steps[^1];
        Expect(TypeOf(byteLevel) == "ByteLevel", path, "pre_tokenizer", "it must be or end with 'ByteLevel'");
        if (steps.Length == 1)
        {
            Expect(!byteLevel.TryGetProperty("use_regex", out var regex) || regex.GetBoolean(), path,
                "pre_tokenizer.use_regex", "without a 'Split' before it, it must be true");
            return (Gpt2Pattern, Flag(byteLevel, "add_prefix_space"));
        }

        Expect(steps.Length == 2 && TypeOf(steps[0]) == "Split", path,
            "pre_tokenizer.pretokenizers", "only a 'Split' before 'ByteLevel' is supported");
        var kept = (steps[0].GetProperty("behavior").GetString(), Flag(steps[0], "invert")) is ("Isolated", false) or ("Removed", true);
        Expect(kept, path, "pre_tokenizer.pretokenizers.behavior",
            "only 'Isolated', or 'Removed' with invert, is supported: both keep what the pattern matches");
        return (steps[0].GetProperty("pattern").GetProperty("Regex").GetString()!, Flag(byteLevel, "add_prefix_space"));
    }

    private static string? TypeOf(JsonElement node) => node.GetProperty("type").GetString();

    private static bool Flag(JsonElement node, string name) =>
        node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static IEnumerable<JsonElement> Items(JsonElement node, string name) =>
        node.TryGetProperty(name, out var items) ? items.EnumerateArray() : [];

    private static void Expect(bool holds, string path, string field, string rule)
    {
        if (!holds)
        {
            throw new CheckpointException(path, $"field '{field}': {rule}.");
        }
    }
}
