using System.IO.Compression;
using System.Text;

namespace LuceneLsr.Files;

/// <summary>A line of a text file that knows where it stands.</summary>
/// <param name="Path">The file.</param>
/// <param name="Number">Counted from 1, blank lines included.</param>
/// <param name="Text">The line without its end.</param>
/// <param name="FractionRead">
/// The share of the file's bytes that is read with it, 0 to 1, or a buffer more; 0 in a pipe, whose length is unknown.
/// </param>
public readonly record struct TextLine(string Path, int Number, string Text, double FractionRead)
{
    /// <summary>The exception for a fault in this line.</summary>
    public InvalidDataException CreateError(string problem, Exception? cause = null) =>
        new($"{Path}, line {Number}: {problem}", cause);
}

/// <summary>Reads text files line by line, plain or compressed.</summary>
public static class TextLines
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Streams the lines of a UTF-8 file that are not blank.</summary>
    /// <param name="path">A file; where only <paramref name="path"/> + ".gz" exists, that one is read.</param>
    /// <exception cref="FileNotFoundException">Neither exists.</exception>
    /// <exception cref="InvalidDataException">While enumerating: no valid UTF-8, or a damaged gzip file.</exception>
    public static IEnumerable<TextLine> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var compressed = path + ".gz";
        if (File.Exists(path))
        {
            return Stream(path);
        }

        return File.Exists(compressed)
            ? Stream(compressed)
            : throw new FileNotFoundException(
                $"There is neither '{path}' nor '{compressed}'; correct the path or put the file there.", path);
    }

    private static IEnumerable<TextLine> Stream(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = Open(file);
        var number = 0;
        while (ReadLine(reader, path, ++number) is { } text)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                yield return new TextLine(path, number, text, FractionRead(file));
            }
        }
    }

    private static double FractionRead(FileStream file) => file.CanSeek ? (double)file.Position / file.Length : 0;

    private static string? ReadLine(StreamReader reader, string path, int number)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException($"{path}: no valid UTF-8 at or after line {number}; convert it.", exception);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException(
                $"{path}: damaged after line {number - 1}, or no gzip file. Compress it again.", exception);
        }
    }

    private static StreamReader Open(FileStream file) =>
        file.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new StreamReader(new GZipStream(file, CompressionMode.Decompress), Utf8)
            : new StreamReader(file, Utf8);
}
