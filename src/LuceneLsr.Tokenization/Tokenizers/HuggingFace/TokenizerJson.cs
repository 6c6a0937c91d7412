using System.Text.Json;
using LuceneLsr.Files;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Tokenization.Tokenizers.HuggingFace;

/// <summary>
/// Reads a Hugging Face <c>tokenizer.json</c>. Unsupported features are rejected by field name, because a tokenizer
/// that is almost right fails silently.
/// </summary>
internal static class TokenizerJson
{
    private const int MaxId = (1 << 24) - 1; // beyond any real vocabulary, so that a corrupt id does not exhaust memory

    /// <summary>Reads a file.</summary>
    /// <exception cref="CheckpointException">The file is malformed or has an unsupported feature.</exception>
    public static TokenizerDefinition Read(string path) => CheckpointFile.ReadJson(path, Read);

    /// <summary>Reads a token id.</summary>
    public static int ReadId(JsonElement value, string field)
    {
        Require.Field(
            value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var id) && id is >= 0 and <= MaxId,
            field,
            $"{value.GetRawText()} is not a token id");
        return value.GetInt32();
    }

    private static TokenizerDefinition Read(JsonElement root)
    {
        var model = root.GetField("model", JsonValueKind.Object);
        ValidateModel(model);
        var vocabulary = ReadVocabulary(model);
        var merges = model.GetItems("merges").Select(ReadMerge).ToList();
        var preTokenizer = PreTokenizerJson.Read(root.GetOptional("pre_tokenizer"), merges);
        return new TokenizerDefinition(
            vocabulary,
            merges,
            preTokenizer.IsByteLevel ? CreateByteLevelEncoding(model) : CreateSentencePieceEncoding(model, vocabulary),
            NormalizerJson.Read(root.GetOptional("normalizer"), preTokenizer),
            preTokenizer.PreTokenizer)
        {
            IgnoresMerges = model.GetFlag("ignore_merges"),
            UnknownToken = ReadUnknownToken(model, vocabulary),
            FusesUnknown = model.GetFlag("fuse_unk"),
            AddedTokens = [.. ReadAddedTokens(root, vocabulary)],
            Template = TemplateJson.Read(root.GetOptional("post_processor")),
        };
    }

    private static void ValidateModel(JsonElement model)
    {
        var type = model.GetOptional("type");
        Require.Field(type is null || model.GetText("type") == "BPE", "model.type", "only 'BPE' is supported");
        foreach (var name in (string[])["continuing_subword_prefix", "end_of_word_suffix"])
        {
            Require.Field(model.GetOptional(name) is null || model.GetText(name).Length == 0, $"model.{name}",
                "only null or an empty string is supported");
        }
    }

    private static Dictionary<string, int> ReadVocabulary(JsonElement model)
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in model.GetField("vocab", JsonValueKind.Object).EnumerateObject())
        {
            var id = ReadId(entry.Value, "model.vocab");
            Require.Field(vocabulary.TryAdd(entry.Name, id), "model.vocab", $"duplicate token '{entry.Name}'");
        }

        Require.Field(vocabulary.Count > 0, "model.vocab", "it must not be empty");
        return vocabulary;
    }

    private static ByteLevelEncoding CreateByteLevelEncoding(JsonElement model)
    {
        Require.Field(!model.GetFlag("byte_fallback"), "model.byte_fallback",
            "it must be false with a 'ByteLevel' pre-tokenizer");
        return new ByteLevelEncoding();
    }

    private static SentencePieceEncoding CreateSentencePieceEncoding(
        JsonElement model, Dictionary<string, int> vocabulary) =>
        model.GetFlag("byte_fallback")
            ? SentencePieceEncoding.CreateWithByteFallback(vocabulary, "model.byte_fallback")
            : SentencePieceEncoding.Plain;

    private static string? ReadUnknownToken(JsonElement model, Dictionary<string, int> vocabulary)
    {
        if (model.GetOptional("unk_token") is null)
        {
            return null;
        }

        var token = model.GetText("unk_token");
        Require.Field(vocabulary.ContainsKey(token), "model.unk_token", $"'{token}' is not in the vocabulary");
        return token;
    }

    private static IEnumerable<AddedToken> ReadAddedTokens(JsonElement root, Dictionary<string, int> vocabulary)
    {
        if (!root.TryGetProperty("added_tokens", out _))
        {
            yield break;
        }

        foreach (var token in root.GetItems("added_tokens"))
        {
            var id = ReadId(token.GetField("id", JsonValueKind.Number), "added_tokens.id");
            var (content, isSpecial) = (token.GetText("content"), token.GetFlag("special"));
            Require.Field(content.Length > 0, "added_tokens.content", "it must not be empty");
            Require.Field(vocabulary.GetValueOrDefault(content, id) == id, "added_tokens.id",
                $"'{content}' is {id}, but has another id in the vocabulary");
            foreach (var flag in (string[])["single_word", "lstrip", "rstrip"])
            {
                Require.Field(isSpecial || !token.GetFlag(flag), $"added_tokens.{flag}",
                    $"it must be false for '{content}', which is not special");
            }

            yield return new AddedToken(content, id, isSpecial, token.GetFlag("normalized"));
        }
    }

    private static string ReadMerge(JsonElement merge)
    {
        string[] parts = merge.ValueKind switch
        {
            JsonValueKind.String => merge.GetString()!.Split(' '),
            JsonValueKind.Array => [.. merge.EnumerateArray()
                .Select(part => part.ValueKind == JsonValueKind.String ? part.GetString()! : "")],
            _ => [],
        };
        Require.Field(parts.Length == 2 && parts.All(part => part.Length > 0 && !part.Contains(' ')), "model.merges",
            $"{merge.GetRawText()} is not a pair of tokens");
        return $"{parts[0]} {parts[1]}";
    }
}
