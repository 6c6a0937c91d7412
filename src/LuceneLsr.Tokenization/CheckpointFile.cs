using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using LuceneLsr.Files;

namespace LuceneLsr.Tokenization;

/// <summary>
/// Reads files of a checkpoint directory and reports every problem as a <see cref="CheckpointException"/>.
/// </summary>
internal static class CheckpointFile
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Checks that a file exists.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hint">What to do if it does not.</param>
    /// <exception cref="CheckpointException">The file does not exist.</exception>
    public static void RequireExists(string path, string hint)
    {
        if (!File.Exists(path))
        {
            throw new CheckpointException(path, $"file not found. {hint}");
        }
    }

    /// <summary>Reads a text file.</summary>
    /// <exception cref="CheckpointException">The file is not valid UTF-8.</exception>
    public static string ReadText(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (!Utf8.IsValid(bytes))
        {
            throw new CheckpointException(path, "not valid UTF-8. The file is damaged, or has another encoding.");
        }

        var text = Encoding.UTF8.GetString(bytes);
        return text.StartsWith(ByteOrderMark) ? text[1..] : text;
    }

    /// <summary>Reads the lines of a text file.</summary>
    /// <exception cref="CheckpointException">The file is not valid UTF-8.</exception>
    public static IEnumerable<string> ReadLines(string path)
    {
        var reader = new StringReader(ReadText(path));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>
    /// Reads a JSON file with a parser that throws <see cref="InvalidDataException"/> for invalid fields.
    /// </summary>
    /// <exception cref="CheckpointException">The file is not valid JSON, or the parser rejects it.</exception>
    public static T ReadJson<T>(string path, Func<JsonElement, T> parse)
    {
        try
        {
            using var document = JsonDocument.Parse(ReadText(path));
            return parse(document.RootElement);
        }
        catch (InvalidDataException exception)
        {
            throw new CheckpointException(path, exception.Message, exception);
        }
        catch (JsonException exception)
        {
            throw new CheckpointException(path, JsonErrors.DescribeSyntax(exception), exception);
        }
        catch (InvalidOperationException exception) // half of a surrogate pair
        {
            throw new CheckpointException(path, $"not valid JSON: {exception.Message}", exception);
        }
    }

    /// <summary>Deserializes a JSON file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How fields map to properties.</param>
    /// <param name="validate">Throws <see cref="InvalidDataException"/> for values that are not allowed.</param>
    /// <exception cref="CheckpointException">
    /// The file is not a JSON object of this type, or it has a value that is not allowed.
    /// </exception>
    public static T Deserialize<T>(string path, JsonSerializerOptions options, Action<T> validate)
        where T : class
    {
        return ReadJson(path, root =>
        {
            var value = Deserialize<T>(root, options);
            validate(value);
            return value;
        });
    }

    private static T Deserialize<T>(JsonElement root, JsonSerializerOptions options)
    {
        Require.Data(root.ValueKind == JsonValueKind.Object, $"expected a JSON object, found {root.ValueKind}");
        try
        {
            return root.Deserialize<T>(options)!;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(JsonErrors.Describe(exception, root, typeof(T), options), exception);
        }
    }
}
