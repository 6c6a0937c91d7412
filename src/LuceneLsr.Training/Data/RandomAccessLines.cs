using System.Collections;
using System.Text;
using LuceneLsr.Files;
using Microsoft.Win32.SafeHandles;

namespace LuceneLsr.Training.Data;

/// <summary>
/// Reads the lines of a UTF-8 file in any order, blank lines included. Only the offsets of the lines are in memory, 8
/// bytes per line, so the file may be larger than memory. It must not change. Lines end with LF or CRLF.
/// </summary>
internal sealed class RandomAccessLines : IReadOnlyList<TextLine>, IDisposable
{
    private const int BufferSize = 1 << 20;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _path;
    private readonly List<long> _starts; // of each line, then the end of the file
    private SafeFileHandle? _file;

    /// <summary>Scans a file for the starts of its lines.</summary>
    /// <param name="path">The file, which must not be compressed.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    public RandomAccessLines(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (_path, _starts) = (path, FindStarts(path));
    }

    /// <summary>Gets the number of lines.</summary>
    public int Count => _starts.Count - 1;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Gets the line at an index, from 0 to <see cref="Count"/> - 1.</summary>
    /// <exception cref="InvalidDataException">The line is not valid UTF-8.</exception>
    public TextLine this[int index] => Read(_file ??= File.OpenHandle(_path), index);

    /// <summary>
    /// Opens a file for random access to its lines. The lines of a compressed file are held in memory.
    /// </summary>
    /// <param name="path">The file. If it does not exist, <paramref name="path"/> + ".gz" is read instead.</param>
    /// <exception cref="FileNotFoundException">Neither file exists.</exception>
    /// <exception cref="InvalidDataException">A compressed file is corrupt or not valid UTF-8.</exception>
    public static IReadOnlyList<TextLine> Open(string path) =>
        File.Exists(path) && !GzipFile.HasExtension(path)
            ? new RandomAccessLines(path)
            : [.. TextLines.Read(path)];

    /// <summary>Streams all lines in file order.</summary>
    /// <exception cref="InvalidDataException">Thrown while enumerating if a line is not valid UTF-8.</exception>
    public IEnumerator<TextLine> GetEnumerator()
    {
        using var file = File.OpenHandle(_path, options: FileOptions.SequentialScan);
        for (var index = 0; index < Count; index++)
        {
            yield return Read(file, index);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private static List<long> FindStarts(string path)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var buffer = new byte[BufferSize];
        var starts = new List<long> { 0 };
        long position = 0;
        for (int read; (read = RandomAccess.Read(file, buffer, position)) > 0; position += read)
        {
            var bytes = buffer.AsSpan(0, read);
            if (position == 0 && bytes.StartsWith(ByteOrderMark))
            {
                starts[0] = ByteOrderMark.Length;
            }

            for (int offset = 0, length; (length = bytes[offset..].IndexOf((byte)'\n') + 1) > 0;)
            {
                offset += length;
                starts.Add(position + offset);
            }
        }

        if (starts[^1] < position) // the last line has no line end
        {
            starts.Add(position);
        }

        return starts;
    }

    private TextLine Read(SafeFileHandle file, int index)
    {
        var line = new TextLine(_path, index + 1, "", (double)_starts[index + 1] / _starts[^1]);
        var length = _starts[index + 1] - _starts[index];
        if (length > LineReader.MaxLength)
        {
            throw line.CreateError(new LineTooLongException(LineReader.MaxLength).Message);
        }

        var bytes = new byte[length];
        var read = RandomAccess.Read(file, bytes, _starts[index]);
        try
        {
            return line with { Text = Utf8.GetString(TrimLineEnd(bytes.AsSpan(0, read))) };
        }
        catch (DecoderFallbackException exception)
        {
            throw line.CreateError("not valid UTF-8. Convert the file to UTF-8.", exception);
        }
    }

    private static ReadOnlySpan<byte> TrimLineEnd(ReadOnlySpan<byte> line)
    {
        line = line.EndsWith("\n"u8) ? line[..^1] : line;
        return line.EndsWith("\r"u8) ? line[..^1] : line;
    }
}
