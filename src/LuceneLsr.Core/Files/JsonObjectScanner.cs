using System.Buffers;
using System.Text;
using System.Text.Json;

namespace LuceneLsr.Files;

/// <summary>
/// Finds the JSON objects in a text that is read block by block. Memory holds one block, which grows to the longest
/// string, and one object.
/// </summary>
/// <param name="name">The name of the text in errors.</param>
internal sealed class JsonObjectScanner(string name)
{
    private const int BlockLength = 1 << 14; // in characters
    private const int MaxBytes = LineReader.MaxLength; // of one object

    private readonly ArrayBufferWriter<byte> _object = new(); // the part of an object that earlier blocks had
    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    private byte[] _rest = []; // what is read, but not scanned, because its token is incomplete
    private JsonReaderState _state = new(new JsonReaderOptions { AllowMultipleValues = true });
    private int _line = 1; // of the first byte of _rest
    private int? _arrayStart, _start; // the lines of the array and of the object that are not complete yet

    /// <summary>Gets whether the text was read to its end, or up to an error.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Reads a block and returns the objects that end in it, and the error after them, or null.</summary>
    public (IReadOnlyList<TextLine> Objects, InvalidDataException? Error) Read(
        TextReader reader, Func<double> getFractionRead)
    {
        var objects = new List<TextLine>();
        try
        {
            var block = new char[Math.Max(BlockLength, _rest.Length)]; // a longer token needs larger blocks
            var length = TextFile.Read(() => reader.Read(block), name, _line - 1);
            IsComplete = length == 0;
            Scan([.. _rest, .. IsComplete ? "\n"u8 : Encode(block.AsSpan(..length))], objects, getFractionRead());
            return (objects, IsComplete ? CreateErrorAtEnd() : null);
        }
        catch (JsonException exception)
        {
            IsComplete = true;
            return (objects, CreateError(exception));
        }
        catch (InvalidDataException exception)
        {
            IsComplete = true;
            return (objects, exception);
        }
    }

    // A pair of surrogates may be split between blocks.
    private ReadOnlySpan<byte> Encode(ReadOnlySpan<char> block)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(block.Length)];
        return bytes.AsSpan(.._encoder.GetBytes(block, bytes, flush: false));
    }

    private void Scan(byte[] bytes, List<TextLine> objects, double fractionRead)
    {
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, _state);
        int counted = 0, start = 0; // up to where lines are counted, and where the object starts in this block
        while (reader.Read())
        {
            if (reader.CurrentDepth > (_arrayStart is null ? 0 : 1))
            {
                continue;
            }

            var position = (int)reader.TokenStartIndex;
            if (_start is null)
            {
                _line += bytes.AsSpan(counted..position).Count((byte)'\n');
                (counted, start) = (position, position);
                Enter(reader.TokenType);
            }
            else if (reader.TokenType == JsonTokenType.EndObject)
            {
                Append(bytes.AsSpan(start..(int)reader.BytesConsumed));
                objects.Add(new(name, _start.Value, Encoding.UTF8.GetString(_object.WrittenSpan), fractionRead));
                _object.ResetWrittenCount();
                _start = null;
            }
        }

        var end = (int)reader.BytesConsumed;
        if (_start is not null)
        {
            Append(bytes.AsSpan(start..end));
        }

        _line += bytes.AsSpan(counted..end).Count((byte)'\n');
        _rest = bytes[end..];
        _state = reader.CurrentState;
        RequireLength(_rest.Length);
    }

    private void Enter(JsonTokenType token)
    {
        switch (token)
        {
            case JsonTokenType.StartObject:
                _start = _line;
                break;
            case JsonTokenType.StartArray when _arrayStart is null:
                _arrayStart = _line;
                break;
            case JsonTokenType.EndArray:
                _arrayStart = null;
                break;
            default:
                var kind = token == JsonTokenType.StartArray ? JsonValueKind.Array.ToString() : token.ToString();
                throw new InvalidDataException($"{name}, line {_line}: expected a JSON object, found a JSON {kind}.");
        }
    }

    private void Append(ReadOnlySpan<byte> part)
    {
        RequireLength(_object.WrittenCount + part.Length);
        _object.Write(part);
    }

    private void RequireLength(int bytes)
    {
        if (bytes > MaxBytes)
        {
            throw new InvalidDataException(
                $"{name}, line {_start ?? _line}: a JSON object has more than {MaxBytes:N0} bytes. Split it, or check "
                + "that the file is not binary.");
        }
    }

    private InvalidDataException CreateError(JsonException exception)
    {
        var line = exception.LineNumber + 1;
        var inside = _start is { } start && start != line ? $" in the object that starts in line {start}" : "";
        return new InvalidDataException(
            $"{name}, line {line}: malformed JSON at byte {exception.BytePositionInLine + 1}{inside}, expected JSON "
            + $"objects. {exception.Message.Split(" LineNumber: ")[0]}",
            exception);
    }

    private InvalidDataException? CreateErrorAtEnd() =>
        _start is { } start ? new($"{name}, line {start}: the JSON object has no end. The file may be cut off.")
        : _arrayStart is { } array ? new($"{name}, line {array}: the array has no ]. The file may be cut off.")
        : null;
}
