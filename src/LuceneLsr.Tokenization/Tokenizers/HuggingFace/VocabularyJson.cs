using System.Text.Json;
using LuceneLsr.Files;

namespace LuceneLsr.Tokenization.Tokenizers.HuggingFace;

/// <summary>Reads token ids and vocabularies.</summary>
internal static class VocabularyJson
{
    private const int MaxId = (1 << 24) - 1; // beyond any real vocabulary, so that a corrupt id does not exhaust memory

    /// <summary>Reads a token id.</summary>
    public static int ReadId(JsonElement value, string field)
    {
        Require.Field(
            value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var id) && id is >= 0 and <= MaxId,
            field,
            $"{value.GetRawText()} is not a token id");
        return value.GetInt32();
    }

    /// <summary>Reads an object with the id of each token.</summary>
    public static Dictionary<string, int> Read(JsonElement node, string field)
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in node.EnumerateObject())
        {
            var id = ReadId(entry.Value, field);
            Require.Field(vocabulary.TryAdd(entry.Name, id), field, $"duplicate token '{entry.Name}'");
        }

        Require.Field(vocabulary.Count > 0, field, "it must not be empty");
        return vocabulary;
    }

    /// <summary>Gets the id of a token that must be in the vocabulary.</summary>
    public static int GetId(this IReadOnlyDictionary<string, int> vocabulary, string token, string field)
    {
        Require.Field(vocabulary.TryGetValue(token, out var id), field, $"'{token}' is not in the vocabulary");
        return id;
    }
}
