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
    /// <summary>Reads a file.</summary>
    /// <exception cref="CheckpointException">The file is malformed or has an unsupported feature.</exception>
    public static TokenizerDefinition Read(string path) => CheckpointFile.ReadJson(path, Read);

    private static TokenizerDefinition Read(JsonElement root)
    {
        var model = root.GetField("model", JsonValueKind.Object);
        var preTokenizer = root.GetOptional("pre_tokenizer");
        var settings = GetModelType(model) switch
        {
            "BPE" => BytePairJson.Read(model, preTokenizer),
            "WordPiece" => WordPieceJson.Read(model, preTokenizer),
            var type => throw new InvalidDataException(
                $"field 'model.type': '{type}' is not supported. Supported are 'BPE' and 'WordPiece'."),
        };
        return new TokenizerDefinition(
            settings.Vocabulary,
            settings.Encoding,
            NormalizerJson.Read(root.GetOptional("normalizer"), settings.PreTokenizer),
            settings.PreTokenizer.PreTokenizer,
            settings.Model)
        {
            AddedTokens = [.. ReadAddedTokens(root, settings.Vocabulary)],
            Template = TemplateJson.Read(root.GetOptional("post_processor")),
        };
    }

    // Files of early versions do not name the type.
    private static string GetModelType(JsonElement model) => model.GetOptional("type") is not null
        ? model.GetText("type")
        : model.GetOptional("max_input_chars_per_word") is null ? "BPE" : "WordPiece";

    private static IEnumerable<AddedToken> ReadAddedTokens(JsonElement root, IReadOnlyDictionary<string, int> vocabulary)
    {
        if (!root.TryGetProperty("added_tokens", out _))
        {
            yield break;
        }

        foreach (var token in root.GetItems("added_tokens"))
        {
            var id = VocabularyJson.ReadId(token.GetField("id", JsonValueKind.Number), "added_tokens.id");
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
}
