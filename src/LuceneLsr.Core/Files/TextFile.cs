using System.IO.Compression;
using System.Text;

namespace LuceneLsr.Files;

/// <summary>Opens text files in UTF-8, plain or gzip-compressed, and names them in errors.</summary>
internal static class TextFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Finds a file, or the compressed file whose name is <paramref name="path"/> + ".gz".</summary>
    /// <exception cref="FileNotFoundException">Neither file exists.</exception>
    /// <exception cref="IOException">The path is a directory.</exception>
    public static string Find(string path)
    {
        var compressed = path + GzipFile.Extension;
        return File.Exists(path) ? path
            : File.Exists(compressed) ? compressed
            : Directory.Exists(path) ? throw new IOException($"{path} is a directory. Name a file.")
            : throw new FileNotFoundException($"Neither '{path}' nor '{compressed}' exists. Check the path.", path);
    }

    /// <summary>Opens a reader that throws on invalid UTF-8, and decompresses if the name ends in .gz.</summary>
    public static StreamReader Open(FileStream file) =>
        GzipFile.HasExtension(file.Name)
            ? new StreamReader(new GZipStream(file, CompressionMode.Decompress), Utf8)
            : new StreamReader(file, Utf8);

    /// <summary>Gets the fraction of a file's bytes read so far, or 0 for a pipe.</summary>
    public static double GetFractionRead(FileStream file) =>
        file.CanSeek ? (double)file.Position / file.Length : 0;

    /// <summary>Reads, and names the file and the line in errors of the encoding and the compression.</summary>
    /// <param name="read">Reads the next part.</param>
    /// <param name="name">The name of the file.</param>
    /// <param name="lines">The number of lines read before.</param>
    /// <exception cref="InvalidDataException">The text is not valid UTF-8, or its gzip data is corrupt.</exception>
    public static T Read<T>(Func<T> read, string name, int lines)
    {
        try
        {
            return read();
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException(
                $"{name}: invalid UTF-8 at or after line {lines + 1}. Convert the file to UTF-8.", exception);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException(
                $"{name}: not a gzip file, or corrupt after line {lines}. Compress it again.", exception);
        }
    }
}
