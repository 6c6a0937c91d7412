using System.Text.Json;
using System.Text.RegularExpressions;

namespace LuceneLsr.Encoding.Tokenization;

/// <summary>
/// The parts of a Hugging Face <c>tokenizer.json</c> that a byte-level BPE tokenizer consists of. What this reader does
/// not know is refused by the field's name, because a tokenizer that is nearly right is wrong in silence.
/// </summary>
internal sealed record TokenizerJson(
    IReadOnlyDictionary<string, int> Vocabulary,
    IReadOnlyList<string> Merges,
    IReadOnlySet<int> SpecialIds,
    Regex Pattern,
    bool LowerCase,
    bool AddPrefixSpace)
{
    private const int LargestId = (1 << 24) - 1; // far above any vocabulary: a larger one is damage

    private const string Gpt2Pattern =
        @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    public static TokenizerJson Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(document.RootElement);
        }
        catch (FormatException exception)
        {
            throw new CheckpointException(path, exception.Message, exception);
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException) // the latter: broken UTF-16
        {
            throw new CheckpointException(path, $"is no readable JSON: {exception.Message}", exception);
        }
    }

    private static TokenizerJson Read(JsonElement root)
    {
        var model = Field(root, "model", JsonValueKind.Object);
        Expect(Text(model, "type") == "BPE", "model.type", "only 'BPE' is supported");
        Expect(!Flag(model, "byte_fallback"), "model.byte_fallback", "only byte-level BPE is supported");
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in Field(model, "vocab", JsonValueKind.Object).EnumerateObject())
        {
            var id = Id(entry.Value, "model.vocab");
            Expect(vocabulary.TryAdd(entry.Name, id), "model.vocab", $"token '{entry.Name}' stands twice");
        }

        Expect(vocabulary.Count > 0, "model.vocab", "it is empty");
        var special = new HashSet<int>();
        foreach (var token in AddedTokens(root))
        {
            var id = Id(Field(token, "id", JsonValueKind.Number), "added_tokens.id");
            vocabulary[Text(token, "content")] = id;
            if (Flag(token, "special"))
            {
                special.Add(id);
            }
        }

        var (pattern, prefixSpace) = ReadPreTokenizer(Field(root, "pre_tokenizer", JsonValueKind.Object));
        return new TokenizerJson(
            vocabulary, [.. Items(model, "merges").Select(Merge)], special, pattern, ReadLowerCase(root), prefixSpace);
    }

    private static IEnumerable<JsonElement> AddedTokens(JsonElement root) =>
        root.TryGetProperty("added_tokens", out _) ? Items(root, "added_tokens") : [];

    private static string Merge(JsonElement merge)
    {
        string[] parts = merge.ValueKind switch
        {
            JsonValueKind.String => merge.GetString()!.Split(' '),
            JsonValueKind.Array => [.. merge.EnumerateArray()
                .Select(part => part.ValueKind == JsonValueKind.String ? part.GetString()! : "")],
            _ => [],
        };
        Expect(parts.Length == 2 && !parts.Contains(""), "model.merges", $"{merge.GetRawText()} is no pair of tokens");
        return $"{parts[0]} {parts[1]}";
    }

    private static bool ReadLowerCase(JsonElement root)
    {
        if (!root.TryGetProperty("normalizer", out var normalizer) || normalizer.ValueKind == JsonValueKind.Null)
        {
            return false;
        }

        Expect(TypeOf(normalizer) == "Lowercase", "normalizer", "only 'Lowercase' or null is supported");
        return true;
    }

    private static (Regex Pattern, bool PrefixSpace) ReadPreTokenizer(JsonElement node)
    {
        JsonElement[] steps = TypeOf(node) == "Sequence" ? [.. Items(node, "pretokenizers")] : [node];
        Expect(steps.Length > 0 && TypeOf(steps[^1]) == "ByteLevel", "pre_tokenizer",
            "it must be or end with 'ByteLevel'");
        var byteLevel = steps[^1];
        var prefixSpace = Flag(byteLevel, "add_prefix_space");
        if (steps.Length == 1)
        {
            Expect(!byteLevel.TryGetProperty("use_regex", out var regex) || regex.ValueKind == JsonValueKind.True,
                "pre_tokenizer.use_regex", "without a 'Split' before it, it must be true");
            return (Compiled(Gpt2Pattern), prefixSpace);
        }

        Expect(steps.Length == 2 && TypeOf(steps[0]) == "Split", "pre_tokenizer.pretokenizers",
            "only a 'Split' before 'ByteLevel' is supported");
        Expect((Text(steps[0], "behavior"), Flag(steps[0], "invert")) is ("Isolated", false) or ("Removed", true),
            "pre_tokenizer.behavior",
            "only 'Isolated', or 'Removed' with invert, is supported: both keep what the pattern matches");
        Expect(!prefixSpace, "pre_tokenizer.add_prefix_space", "after a 'Split' it must be false");
        return (Compiled(Text(Field(steps[0], "pattern", JsonValueKind.Object), "Regex")), prefixSpace);
    }

    private static Regex Compiled(string pattern)
    {
        try
        {
            var regex = new Regex(pattern, RegexOptions.Compiled);
            Expect(!regex.IsMatch(""), "pre_tokenizer.pattern", "it must not match the empty text");
            return regex;
        }
        catch (ArgumentException exception)
        {
            throw new FormatException($"field 'pre_tokenizer.pattern': {exception.Message}", exception);
        }
    }

    private static int Id(JsonElement value, string field)
    {
        Expect(
            value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var id) && id is >= 0 and <= LargestId,
            field,
            $"{value.GetRawText()} is no token id");
        return value.GetInt32();
    }

    private static string? TypeOf(JsonElement node) =>
        node.ValueKind == JsonValueKind.Object ? Text(node, "type") : null;

    private static string Text(JsonElement node, string name) => Field(node, name, JsonValueKind.String).GetString()!;

    private static IEnumerable<JsonElement> Items(JsonElement node, string name) =>
        Field(node, name, JsonValueKind.Array).EnumerateArray();

    private static bool Flag(JsonElement node, string name) =>
        node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static JsonElement Field(JsonElement node, string name, JsonValueKind kind)
    {
        JsonElement value = default;
        Expect(
            node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out value) && value.ValueKind == kind,
            name,
            $"it is missing or no {kind}");
        return value;
    }

    private static void Expect(bool holds, string field, string rule)
    {
        if (!holds)
        {
            throw new FormatException($"field '{field}': {rule}.");
        }
    }
}
