using System.Text;

namespace LuceneLsr.Files;

/// <summary>
/// Reads lines that end with LF, CR or CRLF, as <see cref="TextReader.ReadLine"/> does, but never more than a maximum of
/// characters. A compressed file of a megabyte can hold a line of gigabytes.
/// </summary>
/// <param name="reader">The text.</param>
/// <param name="maxLength">The maximum number of characters in a line.</param>
internal sealed class LineReader(TextReader reader, int maxLength = LineReader.MaxLength)
{
    /// <summary>The default maximum, 64 Mi characters.</summary>
    public const int MaxLength = 1 << 26;

    private readonly char[] _buffer = new char[1 << 12];
    private int _start, _end; // of the characters in the buffer that are not yet part of a line

    /// <summary>Reads the next line without its line break, or returns null at the end.</summary>
    /// <exception cref="LineTooLongException">The line is longer than the maximum.</exception>
    public string? ReadLine()
    {
        StringBuilder? line = null;
        while (FillBuffer())
        {
            var rest = _buffer.AsSpan(_start.._end);
            var length = rest.IndexOfAny('\r', '\n');
            if (length >= 0)
            {
                var text = Append(ref line, rest[..length]).ToString();
                var isCarriageReturn = rest[length] == '\r';
                _start += length + 1;
                SkipLineFeed(isCarriageReturn);
                return text;
            }

            Append(ref line, rest);
            _start = _end;
        }

        return line?.ToString();
    }

    private StringBuilder Append(ref StringBuilder? line, ReadOnlySpan<char> part)
    {
        line ??= new StringBuilder();
        return line.Length + part.Length <= maxLength ? line.Append(part) : throw new LineTooLongException(maxLength);
    }

    private void SkipLineFeed(bool followsCarriageReturn)
    {
        if (followsCarriageReturn && FillBuffer() && _buffer[_start] == '\n')
        {
            _start++;
        }
    }

    private bool FillBuffer()
    {
        if (_start == _end)
        {
            (_start, _end) = (0, reader.Read(_buffer));
        }

        return _start < _end;
    }
}
