using System.Buffers.Binary;
using System.Text.Json;
using LuceneLsr.Tokenization;
using Microsoft.Win32.SafeHandles;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Checkpoints;

/// <summary>
/// Reads a <c>.safetensors</c> file: 8 bytes header length (little-endian), a JSON header of name -> dtype, shape and
/// data_offsets, then the data. Header, dtypes, shapes and offsets are checked before any tensor is read; a damaged
/// file is refused with the tensor's name.
/// </summary>
public sealed class SafetensorsFile
{
    private const long LargestHeader = 100_000_000; // the format's own limit

    private readonly long _dataStart;
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    private SafetensorsFile(string path, long dataStart) => (Path, _dataStart) = (path, dataStart);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The tensors' names.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="CheckpointException">The file is missing or damaged.</exception>
    public static SafetensorsFile Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new CheckpointException(
                path, "missing. A checkpoint directory holds its weights in model.safetensors.");
        }

        using var handle = File.OpenHandle(path);
        var length = RandomAccess.GetLength(handle);
        var prefix = new byte[8];
        var read = RandomAccess.Read(handle, prefix, 0);
        var headerLength = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (read < 8 || headerLength < 2 || headerLength > Math.Min(LargestHeader, length - 8))
        {
            throw new CheckpointException(
                path, "is no safetensors file or is cut short: its header length does not fit its size.");
        }

        var header = new byte[headerLength];
        ReadFully(handle, header, 8);
        var file = new SafetensorsFile(path, 8 + headerLength);
        file.ReadHeader(header, length - 8 - headerLength);
        return file;
    }

    /// <summary>The dtype in which a tensor is stored.</summary>
    public ScalarType Type(string name) => Find(name).Type;

    /// <summary>The shape of a tensor.</summary>
    public IReadOnlyList<long> Shape(string name) => Find(name).Shape;

    /// <summary>Reads a tensor in the dtype in which it is stored.</summary>
    /// <exception cref="CheckpointException">There is no such tensor.</exception>
    public Tensor Read(string name)
    {
        var entry = Find(name);
        var tensor = empty(entry.Shape, entry.Type);
        using var handle = File.OpenHandle(Path);
        if (entry.Length > 0 && !ReadFully(handle, tensor.bytes, _dataStart + entry.Start))
        {
            tensor.Dispose();
            throw Damaged(name, "its data is cut short");
        }

        return tensor;
    }

    private static bool ReadFully(SafeFileHandle handle, Span<byte> buffer, long offset)
    {
        while (buffer.Length > 0)
        {
            var read = RandomAccess.Read(handle, buffer, offset); // may be less than what is asked for and there
            if (read == 0)
            {
                return false;
            }

            buffer = buffer[read..];
            offset += read;
        }

        return true;
    }

    /// <summary>Reads a tensor that a model expects in a shape, which is checked first.</summary>
    internal Tensor Read(string name, long[] shape) => Find(name).Shape.SequenceEqual(shape)
        ? Read(name)
        : throw Damaged(
            name,
            $"it has shape [{string.Join(", ", Shape(name))}], config.json asks for [{string.Join(", ", shape)}]");

    private Entry Find(string name) => _entries.TryGetValue(name, out var entry)
        ? entry
        : throw new CheckpointException(
            Path, $"tensor '{name}' is missing; the weights do not belong to this config.json.");

    private void ReadHeader(byte[] header, long dataLength)
    {
        try
        {
            using var document = JsonDocument.Parse(header);
            foreach (var property in document.RootElement.EnumerateObject()
                .Where(property => property.Name != "__metadata__"))
            {
                _entries.Add(property.Name, ReadEntry(property.Name, property.Value));
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new CheckpointException(Path, $"its header is damaged: {exception.Message}", exception);
        }

        CheckOffsets(dataLength);
    }

    private Entry ReadEntry(string name, JsonElement node)
    {
        try
        {
            var type = TypeOf(node.GetProperty("dtype").GetString(), name);
            long[] shape = [.. node.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
            var offsets = node.GetProperty("data_offsets");
            long start = offsets[0].GetInt64(), end = offsets[1].GetInt64();
            if (shape.Any(size => size < 0) || start < 0)
            {
                throw Damaged(name, "a size or offset is negative");
            }

            var expected = shape.Aggregate((Int128)type.ElementSize(), (product, size) => checked(product * size));
            return end - start == expected
                ? new Entry(type, shape, start, end)
                : throw Damaged(
                    name, $"shape [{string.Join(", ", shape)}] needs {expected} bytes, its offsets give {end - start}");
        }
        catch (Exception exception) when (exception is
            KeyNotFoundException or InvalidOperationException or FormatException
            or IndexOutOfRangeException or OverflowException)
        {
            throw Damaged(name, exception.Message);
        }
    }

    private void CheckOffsets(long dataLength)
    {
        var next = 0L;
        foreach (var (name, entry) in _entries.OrderBy(pair => pair.Value.Start).ThenBy(pair => pair.Value.End))
        {
            if (entry.Start != next)
            {
                throw Damaged(
                    name,
                    entry.Start < next ? "its data overlaps another tensor's" : "there is a hole before its data");
            }

            if (entry.End > dataLength)
            {
                throw Damaged(name, $"its data ends {entry.End - dataLength} bytes after the end of the file");
            }

            next = entry.End;
        }

        if (next != dataLength)
        {
            throw new CheckpointException(Path, $"{dataLength - next} bytes after the last tensor belong to none.");
        }
    }

    private ScalarType TypeOf(string? dtype, string name) => dtype switch
    {
        "F32" => ScalarType.Float32,
        "F16" => ScalarType.Float16,
        "BF16" => ScalarType.BFloat16,
        "I8" => ScalarType.Int8,
        "U8" => ScalarType.Byte,
        _ => throw Damaged(name, $"dtype '{dtype}' is not supported (F32, F16, BF16, I8, U8)"),
    };

    private CheckpointException Damaged(string name, string problem) => new(Path, $"tensor '{name}': {problem}.");

    private sealed record Entry(ScalarType Type, long[] Shape, long Start, long End)
    {
        public long Length => End - Start;
    }
}
