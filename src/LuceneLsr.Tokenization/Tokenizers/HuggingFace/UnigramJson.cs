using System.Text.Json;
using LuceneLsr.Files;
using LuceneLsr.Tokenization.Tokenizers.Models;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Tokenization.Tokenizers.HuggingFace;

/// <summary>Reads a Unigram model, the one of XLM-RoBERTa.</summary>
internal static class UnigramJson
{
    /// <summary>Reads the fields of a <c>tokenizer.json</c>.</summary>
    public static ModelSettings Read(
        JsonElement model, JsonElement? preTokenizer, IReadOnlySet<string> specialTokens)
    {
        Require.Field(!model.GetFlag("byte_fallback"), "model.byte_fallback", "it must be false with 'Unigram'");
        List<(string Text, int Id, double Score)> pieces =
            [.. model.GetItems("vocab").Index().Select(entry => ReadPiece(entry.Item, entry.Index))];
        Require.Field(pieces.Count > 0, "model.vocab", "it must not be empty");
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (text, id, _) in pieces)
        {
            vocabulary[text] = id;
        }

        return new ModelSettings(
            vocabulary,
            PreTokenizerJson.Read(preTokenizer, CreateForUnsplitText(vocabulary)),
            SentencePieceEncoding.Plain,
            new UnigramModel(
                pieces.Where(piece => !specialTokens.Contains(piece.Text)),
                ReadUnknown(model, pieces.Count),
                pieces.Min(piece => piece.Score)));
    }

    // Unknown characters on both sides of an unknown space are one token.
    private static PreTokenizer CreateForUnsplitText(Dictionary<string, int> vocabulary) =>
        vocabulary.ContainsKey($"{SentencePieceEncoding.Space}")
            ? PreTokenizer.CreateForUnsplitText(vocabulary.Keys)
            : new PreTokenizer();

    private static (string Text, int Id, double Score) ReadPiece(JsonElement entry, int id)
    {
        JsonElement[] pair = entry.ValueKind == JsonValueKind.Array ? [.. entry.EnumerateArray()] : [];
        Require.Field(
            pair is [{ ValueKind: JsonValueKind.String }, { ValueKind: JsonValueKind.Number }], "model.vocab",
            $"{entry.GetRawText()} is not a token and its score");
        return (pair[0].GetString()!, id, pair[1].GetDouble());
    }

    private static int ReadUnknown(JsonElement model, int count)
    {
        var id = VocabularyJson.ReadId(model.GetField("unk_id", JsonValueKind.Number), "model.unk_id");
        Require.Field(id < count, "model.unk_id", $"{id} is not in the vocabulary");
        return id;
    }
}
