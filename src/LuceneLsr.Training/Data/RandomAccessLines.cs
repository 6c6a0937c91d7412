using System.Collections;
using System.Text;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Files;
using Microsoft.Win32.SafeHandles;

namespace LuceneLsr.Training.Data;

/// <summary>
/// The lines of a UTF-8 file in any order, blank ones included. Memory holds only where each starts, 8 bytes a line, so
/// that a file may be larger than memory; it must not change meanwhile. Lines end with LF or CRLF.
/// </summary>
internal sealed class RandomAccessLines : IReadOnlyList<TextLine>, IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _path;
    private readonly List<long> _starts; // of each line, then the end of the file
    private SafeFileHandle? _file;

    /// <summary>Finds the lines.</summary>
    /// <param name="path">The file, not compressed.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public RandomAccessLines(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (_path, _starts) = (path, FindStarts(path));
    }

    /// <summary>How many lines there are.</summary>
    public int Count => _starts.Count - 1;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The line of an index from 0 to <see cref="Count"/> - 1.</summary>
    /// <exception cref="InvalidDataException">It is no valid UTF-8.</exception>
    public TextLine this[int index] => Read(_file ??= File.OpenHandle(_path), index);

    /// <summary>
    /// The lines of a file in any order: in memory where the file is compressed, which cannot be read so, else
    /// <see cref="RandomAccessLines"/>.
    /// </summary>
    /// <param name="path">A file; where only <paramref name="path"/> + ".gz" exists, that one is read.</param>
    /// <exception cref="FileNotFoundException">Neither exists.</exception>
    /// <exception cref="InvalidDataException">A compressed file is damaged or no valid UTF-8.</exception>
    public static IReadOnlyList<TextLine> Open(string path) =>
        File.Exists(path) && !path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new RandomAccessLines(path)
            : [.. TextLines.Read(path)];

    /// <summary>Streams all lines in the order of the file.</summary>
    /// <exception cref="InvalidDataException">While enumerating: a line is no valid UTF-8.</exception>
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
        var buffer = new byte[1 << 20];
        var starts = new List<long> { 0 };
        long position = 0;
        for (int read; (read = RandomAccess.Read(file, buffer, position)) > 0; position += read)
        {
            var bytes = buffer.AsSpan(0, read);
            if (position == 0 && bytes.StartsWith(ByteOrderMark))
            {
                starts[0] = ByteOrderMark.Length;
            }

            for (int at = 0, length; (length = bytes[at..].IndexOf((byte)'\n') + 1) > 0;)
            {
                at += length;
                starts.Add(position + at);
            }
        }

        if (starts[^1] < position) // the last line has no end
        {
            starts.Add(position);
        }

        return starts;
    }

    private TextLine Read(SafeFileHandle file, int index)
    {
        var bytes = new byte[_starts[index + 1] - _starts[index]];
        var read = RandomAccess.Read(file, bytes, _starts[index]);
        var line = new TextLine(_path, index + 1, "", (double)_starts[index + 1] / _starts[^1]);
        try
        {
            return line with { Text = Utf8.GetString(WithoutEnd(bytes.AsSpan(0, read))) };
        }
        catch (DecoderFallbackException exception)
        {
            throw line.CreateError("no valid UTF-8; convert the file.", exception);
        }
    }

    private static ReadOnlySpan<byte> WithoutEnd(ReadOnlySpan<byte> line)
    {
        line = line.EndsWith("\n"u8) ? line[..^1] : line;
        return line.EndsWith("\r"u8) ? line[..^1] : line;
    }
}
