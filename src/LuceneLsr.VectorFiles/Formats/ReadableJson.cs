using System.Text.Json;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>Formats JSON for people: indented, with the same line breaks on every system.</summary>
internal static class ReadableJson
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Formats a value as text that ends with a line feed.</summary>
    public static string Format<T>(T value) => JsonSerializer.Serialize(value, Options) + "\n";
}
