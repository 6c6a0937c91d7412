using System.IO.Compression;
using System.Text;

namespace LuceneLsr.Files;

/// <summary>Reads numbered lines of text files, plain or gzip-compressed.</summary>
internal static class TextLines
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Streams the non-blank lines of a UTF-8 file.</summary>
    /// <param name="path">
    /// The file. If only <paramref name="path"/> + ".gz" exists, that file is read instead.
    /// </param>
    /// <exception cref="FileNotFoundException">Neither file exists.</exception>
    /// <exception cref="InvalidDataException">
    /// While enumerating: the file is not valid UTF-8, its gzip data is corrupt, or a line is longer than
    /// <see cref="LineReader.MaxLength"/>.
    /// </exception>
    public static IEnumerable<TextLine> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Stream(FindFile(path));
    }

    /// <summary>Finds the file that <see cref="Read(string)"/> reads.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static string FindFile(string path)
    {
        var compressed = path + GzipFile.Extension;
        return File.Exists(path) ? path
            : File.Exists(compressed) ? compressed
            : throw new FileNotFoundException($"Neither '{path}' nor '{compressed}' exists. Check the path.", path);
    }

    /// <summary>Streams the non-blank lines of a reader.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="name">The name of the source in error messages.</param>
    /// <exception cref="InvalidDataException">
    /// While enumerating: the text is not valid UTF-8, or its gzip data is corrupt.
    /// </exception>
    public static IEnumerable<TextLine> Read(TextReader reader, string name) => Read(reader, name, () => 0);

    private static IEnumerable<TextLine> Stream(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = Open(file);
        foreach (var line in Read(reader, path, () => GetFractionRead(file)))
        {
            yield return line;
        }
    }

    private static IEnumerable<TextLine> Read(TextReader reader, string name, Func<double> getFractionRead)
    {
        var (lines, number) = (new LineReader(reader), 0);
        while (ReadLine(lines, name, ++number) is { } text)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                yield return new TextLine(name, number, text, getFractionRead());
            }
        }
    }

    private static string? ReadLine(LineReader lines, string name, int number)
    {
        try
        {
            return lines.ReadLine();
        }
        catch (LineTooLongException exception)
        {
            throw new InvalidDataException($"{name}, line {number}: {exception.Message}", exception);
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException(
                $"{name}: invalid UTF-8 at or after line {number}. Convert the file to UTF-8.", exception);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException(
                $"{name}: not a gzip file, or corrupt after line {number - 1}. Compress it again.", exception);
        }
    }

    private static double GetFractionRead(FileStream file) =>
        file.CanSeek ? (double)file.Position / file.Length : 0;

    private static StreamReader Open(FileStream file) =>
        GzipFile.HasExtension(file.Name)
            ? new StreamReader(new GZipStream(file, CompressionMode.Decompress), Utf8)
            : new StreamReader(file, Utf8);
}
