using System.Text.Json;
using LuceneLsr.Files;
using LuceneLsr.Tokenization.Tokenizers.Models;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Tokenization.Tokenizers.HuggingFace;

/// <summary>Reads a BPE model.</summary>
internal static class BytePairJson
{
    /// <summary>Reads the fields of a <c>tokenizer.json</c>.</summary>
    public static ModelSettings Read(JsonElement model, JsonElement? preTokenizer)
    {
        Validate(model);
        var vocabulary = VocabularyJson.Read(model.GetField("vocab", JsonValueKind.Object), "model.vocab");
        var merges = model.GetItems("merges").Select(ReadMerge).ToList();
        var unsplit = PreTokenizer.CreateForUnsplitText(merges.Select(BytePairModel.GetMerged));
        var words = PreTokenizerJson.Read(preTokenizer, unsplit);
        CharacterEncoding encoding =
            words.IsByteLevel ? CreateByteLevelEncoding(model) : CreateSentencePieceEncoding(model, vocabulary);
        return new ModelSettings(
            vocabulary,
            words,
            encoding,
            new BytePairModel(new BytePairVocabulary(vocabulary, merges, encoding)
            {
                IgnoresMerges = model.GetFlag("ignore_merges"),
                UnknownToken = ReadUnknownToken(model, vocabulary),
                FusesUnknown = model.GetFlag("fuse_unk"),
            }));
    }

    private static void Validate(JsonElement model)
    {
        foreach (var name in (string[])["continuing_subword_prefix", "end_of_word_suffix"])
        {
            Require.Field(model.GetOptional(name) is null || model.GetText(name).Length == 0, $"model.{name}",
                "only null or an empty string is supported");
        }
    }

    private static ByteLevelEncoding CreateByteLevelEncoding(JsonElement model)
    {
        Require.Field(!model.GetFlag("byte_fallback"), "model.byte_fallback",
            "it must be false with a 'ByteLevel' pre-tokenizer");
        return ByteLevelEncoding.Instance;
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
        _ = vocabulary.GetId(token, "model.unk_token");
        return token;
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
