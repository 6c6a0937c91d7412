using System.Text.Json;

namespace LuceneLsr.Tokenization.Tokenizers;

/// <summary>
/// Reads a Hugging Face <c>tokenizer.json</c>. What this reader does not know is refused by the field's name, because a
/// tokenizer that is nearly right is wrong in silence.
/// </summary>
internal static class TokenizerJson
{
    private const int LargestId = (1 << 24) - 1; // far above any vocabulary: a larger one is damage

    /// <summary>Reads a file.</summary>
    /// <exception cref="CheckpointException">The file is damaged or of a kind that is not supported.</exception>
    public static TokenizerDefinition Read(string path)
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

    private static TokenizerDefinition Read(JsonElement root)
    {
        var model = root.Field("model", JsonValueKind.Object);
        CheckModel(model);
        var vocabulary = Vocabulary(model);
        var merges = model.Items("merges").Select(Merge).ToList();
        var splitting = PreTokenizerJson.Read(root.Optional("pre_tokenizer"), merges);
        return new TokenizerDefinition(
            vocabulary,
            merges,
            splitting.IsByteLevel ? Bytes(model) : Characters(model, vocabulary),
            NormalizerJson.Read(root.Optional("normalizer"), splitting),
            splitting.PreTokenizer)
        {
            IgnoresMerges = model.Flag("ignore_merges"),
            UnknownToken = UnknownToken(model, vocabulary),
            FusesUnknown = model.Flag("fuse_unk"),
            AddedTokens = [.. AddedTokens(root, vocabulary)],
            Template = TemplateJson.Read(root.Optional("post_processor")),
        };
    }

    private static void CheckModel(JsonElement model)
    {
        var type = model.Optional("type");
        FileField.Expect(type is null || model.Text("type") == "BPE", "model.type", "only 'BPE' is supported");
        foreach (var name in (string[])["continuing_subword_prefix", "end_of_word_suffix"])
        {
            FileField.Expect(model.Optional(name) is null || model.Text(name).Length == 0, $"model.{name}",
                "only null or an empty text is supported");
        }
    }

    private static Dictionary<string, int> Vocabulary(JsonElement model)
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in model.Field("vocab", JsonValueKind.Object).EnumerateObject())
        {
            var id = Id(entry.Value, "model.vocab");
            FileField.Expect(vocabulary.TryAdd(entry.Name, id), "model.vocab", $"token '{entry.Name}' stands twice");
        }

        FileField.Expect(vocabulary.Count > 0, "model.vocab", "it is empty");
        return vocabulary;
    }

    private static ByteLevelWriting Bytes(JsonElement model)
    {
        FileField.Expect(!model.Flag("byte_fallback"), "model.byte_fallback",
            "with a 'ByteLevel' pre-tokenizer it must be false");
        return new ByteLevelWriting();
    }

    private static SentencePieceWriting Characters(JsonElement model, Dictionary<string, int> vocabulary)
    {
        if (!model.Flag("byte_fallback"))
        {
            return SentencePieceWriting.Plain;
        }

        var writing = SentencePieceWriting.WithBytes(vocabulary);
        FileField.Expect(writing is not null, "model.byte_fallback",
            "the vocabulary must hold all bytes, '<0x00>' to '<0xFF>'");
        return writing;
    }

    private static string? UnknownToken(JsonElement model, Dictionary<string, int> vocabulary)
    {
        if (model.Optional("unk_token") is null)
        {
            return null;
        }

        var token = model.Text("unk_token");
        FileField.Expect(vocabulary.ContainsKey(token), "model.unk_token", $"'{token}' is not in the vocabulary");
        return token;
    }

    private static IEnumerable<AddedToken> AddedTokens(JsonElement root, Dictionary<string, int> vocabulary)
    {
        if (!root.TryGetProperty("added_tokens", out _))
        {
            yield break;
        }

        foreach (var token in root.Items("added_tokens"))
        {
            var id = Id(token.Field("id", JsonValueKind.Number), "added_tokens.id");
            var (content, isSpecial) = (token.Text("content"), token.Flag("special"));
            FileField.Expect(content.Length > 0, "added_tokens.content", "it is empty");
            FileField.Expect(vocabulary.GetValueOrDefault(content, id) == id, "added_tokens.id",
                $"'{content}' is {id}, but in the vocabulary another");
            foreach (var flag in (string[])["single_word", "lstrip", "rstrip"])
            {
                FileField.Expect(isSpecial || !token.Flag(flag), $"added_tokens.{flag}",
                    $"it must be false for '{content}', which is not special");
            }

            yield return new AddedToken(content, id, isSpecial, token.Flag("normalized"));
        }
    }

    private static string Merge(JsonElement merge)
    {
        string[] parts = merge.ValueKind switch
        {
            JsonValueKind.String => merge.GetString()!.Split(' '),
            JsonValueKind.Array => [.. merge.EnumerateArray()
                .Select(part => part.ValueKind == JsonValueKind.String ? part.GetString()! : "")],
            _ => [],
        };
        FileField.Expect(parts.Length == 2 && parts.All(part => part.Length > 0 && !part.Contains(' ')), "model.merges",
            $"{merge.GetRawText()} is no pair of tokens");
        return $"{parts[0]} {parts[1]}";
    }

    /// <summary>A token id.</summary>
    public static int Id(JsonElement value, string field)
    {
        FileField.Expect(
            value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var id) && id is >= 0 and <= LargestId,
            field,
            $"{value.GetRawText()} is no token id");
        return value.GetInt32();
    }
}
