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
        List<AddedToken> addedTokens = [.. ReadAddedTokens(root)];
        var settings = GetModelType(model) switch
        {
            "BPE" => BytePairJson.Read(model, preTokenizer),
            "WordPiece" => WordPieceJson.Read(model, preTokenizer),
            "Unigram" => UnigramJson.Read(model, preTokenizer,
                addedTokens.Where(token => token.IsSpecial).Select(token => token.Content).ToHashSet()),
            var type => throw new InvalidDataException($"field 'model.type': '{type}' is not supported. Supported are "
                + "'BPE', 'WordPiece' and 'Unigram'."),
        };
        CheckIds(addedTokens, settings.Vocabulary);
        return new TokenizerDefinition(
            settings.Vocabulary,
            settings.Encoding,
            NormalizerJson.Read(root.GetOptional("normalizer"), settings.PreTokenizer),
            settings.PreTokenizer.PreTokenizer,
            settings.Model)
        {
            AddedTokens = addedTokens,
            Template = TemplateJson.Read(root.GetOptional("post_processor")),
        };
    }

    // Files of early versions do not name the type.
    private static string GetModelType(JsonElement model) => model.GetOptional("type") is not null
        ? model.GetText("type")
        : model.GetOptional("max_input_chars_per_word") is not null ? "WordPiece"
        : model.GetOptional("unk_id") is not null ? "Unigram"
        : "BPE";

    private static void CheckIds(IReadOnlyList<AddedToken> tokens, IReadOnlyDictionary<string, int> vocabulary)
    {
        foreach (var token in tokens)
        {
            Require.Field(vocabulary.GetValueOrDefault(token.Content, token.Id) == token.Id, "added_tokens.id",
                $"'{token.Content}' is {token.Id}, but has another id in the vocabulary");
        }
    }

    private static IEnumerable<AddedToken> ReadAddedTokens(JsonElement root)
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
            foreach (var flag in (string[])["single_word", "lstrip", "rstrip"])
            {
                Require.Field(isSpecial || !token.GetFlag(flag), $"added_tokens.{flag}",
                    $"it must be false for '{content}', which is not special");
            }

            yield return new AddedToken(content, id, isSpecial, token.GetFlag("normalized"));
        }
    }
}
