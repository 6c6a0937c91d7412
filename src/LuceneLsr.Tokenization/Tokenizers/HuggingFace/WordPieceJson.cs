using System.Text.Json;
using LuceneLsr.Files;
using LuceneLsr.Tokenization.Tokenizers.Models;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Tokenization.Tokenizers.HuggingFace;

/// <summary>Reads a WordPiece model.</summary>
internal static class WordPieceJson
{
    /// <summary>The prefix of tokens that continue a word, if a file does not give one.</summary>
    public const string DefaultPrefix = "##";

    /// <summary>The longest word that is split, in characters, if a file does not give it.</summary>
    public const int DefaultMaxWordLength = 100;

    /// <summary>Reads the fields of a <c>tokenizer.json</c>.</summary>
    public static ModelSettings Read(JsonElement model, JsonElement? preTokenizer)
    {
        var vocabulary = VocabularyJson.Read(model.GetField("vocab", JsonValueKind.Object), "model.vocab");
        var prefix = model.GetOptional("continuing_subword_prefix") is null
            ? DefaultPrefix
            : model.GetText("continuing_subword_prefix");
        return new ModelSettings(
            vocabulary,
            PreTokenizerJson.Read(preTokenizer, unsplit: new PreTokenizer()),
            new WordPieceEncoding(prefix),
            new WordPieceModel(
                vocabulary,
                prefix,
                vocabulary.GetId(model.GetText("unk_token"), "model.unk_token"),
                ReadMaxWordLength(model)));
    }

    private static int ReadMaxWordLength(JsonElement model)
    {
        if (model.GetOptional("max_input_chars_per_word") is not { } value)
        {
            return DefaultMaxWordLength;
        }

        Require.Field(
            value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var length) && length > 0,
            "model.max_input_chars_per_word",
            $"{value.GetRawText()} is not a number greater than 0");
        return value.GetInt32();
    }
}
