using System.Text.Json;
using LuceneLsr.Files;

namespace LuceneLsr.Tokenization.Tokenizers.HuggingFace;

/// <summary>
/// Reads <c>tokenizer_config.json</c>, which names the beginning-of-sequence token and has the settings of vocabularies
/// without a <c>tokenizer.json</c>.
/// </summary>
internal static class TokenizerConfig
{
    /// <summary>The file name in a checkpoint directory. The file is optional.</summary>
    public const string FileName = "tokenizer_config.json";

    private static readonly JsonElement Empty = JsonElement.Parse("{}");

    /// <summary>Reads the settings of a directory, the defaults if there is no file.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="classes">The tokenizers that are supported, without the suffix "Fast".</param>
    /// <param name="parse">Reads fields of the file.</param>
    public static T Read<T>(string directory, IReadOnlyList<string> classes, Func<JsonElement, T> parse)
    {
        var path = Path.Combine(directory, FileName);
        return File.Exists(path) ? CheckpointFile.ReadJson(path, Parse) : parse(Empty);

        T Parse(JsonElement config)
        {
            Require.Field(config.ValueKind == JsonValueKind.Object, "tokenizer_class", "the file is not a JSON object");
            var name = config.GetOptional("tokenizer_class") is null ? null : config.GetText("tokenizer_class");
            Require.Field(name is null || classes.Any(known => name == known || name == $"{known}Fast"),
                "tokenizer_class", name, $"only {string.Join(", ", classes)} are supported without a tokenizer.json");
            return parse(config);
        }
    }

    /// <summary>Reads the beginning-of-sequence token of a directory, or returns null if no file names one.</summary>
    /// <exception cref="CheckpointException"><c>bos_token</c> is neither a text nor an object with one.</exception>
    public static string? TryReadBosToken(string directory)
    {
        const string Field = "bos_token";
        var path = Path.Combine(directory, FileName);
        return File.Exists(path)
            ? CheckpointFile.ReadJson(path, config => config.GetOptional(Field) switch
            {
                null => null,
                { ValueKind: JsonValueKind.Object } token => token.GetText("content"),
                _ => config.GetText(Field),
            })
            : null;
    }
}
