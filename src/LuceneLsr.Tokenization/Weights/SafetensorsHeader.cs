using System.Buffers.Binary;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace LuceneLsr.Tokenization.Weights;

/// <summary>
/// The header of a <c>.safetensors</c> file: its length in 8 bytes (little-endian), then a JSON object that maps each
/// tensor's name to dtype, shape and data_offsets. The tensors' data follows without gaps.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>The field of the header that maps names to texts instead of describing a tensor.</summary>
    public const string MetadataField = "__metadata__";

    /// <summary>The entry of the metadata with the checksum of all tensors' data.</summary>
    public const string ChecksumField = "xxh3";

    private const int PrefixLength = 8;
    private const long MaxLength = 100_000_000; // the format's own limit

    private static readonly Dictionary<string, int> ElementSizes = new(StringComparer.Ordinal)
    {
        ["F32"] = 4, ["F16"] = 2, ["BF16"] = 2, ["I64"] = 8, ["I8"] = 1, ["U8"] = 1,
    };

    private readonly string _path;
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SafetensorsEntry> _entries = new(StringComparer.Ordinal);

    private SafetensorsHeader(string path, long dataStart) => (_path, DataStart) = (path, dataStart);

    /// <summary>Gets the offset of the tensors' data in the file.</summary>
    public long DataStart { get; }

    /// <summary>Gets the tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries => _entries;

    /// <summary>Gets the texts that describe the tensors, by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>Gets the names of the tensors.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Reads and checks a file's header, and the checksum of its data if there is one.</summary>
    /// <exception cref="CheckpointException">
    /// The header is corrupt, or does not match the file's size or data.
    /// </exception>
    public static SafetensorsHeader Read(SafeFileHandle handle, string path)
    {
        var fileLength = RandomAccess.GetLength(handle);
        var prefix = new byte[PrefixLength];
        var read = RandomAccess.Read(handle, prefix, 0);
        var length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (read < PrefixLength || length < 2 || length > Math.Min(MaxLength, fileLength - PrefixLength))
        {
            throw new CheckpointException(
                path, "not a safetensors file, or truncated: its header length does not match its size.");
        }

        var json = new byte[length];
        TryReadFully(handle, json, PrefixLength);
        var header = new SafetensorsHeader(path, PrefixLength + length);
        header.Parse(json);
        header.CheckOffsets(fileLength - header.DataStart);
        if (header.Metadata.TryGetValue(ChecksumField, out var checksum))
        {
            DataChecksum.Require(path, checksum, DataChecksum.Compute(handle, header.DataStart, fileLength));
        }

        return header;
    }

    /// <summary>Finds a tensor.</summary>
    /// <exception cref="CheckpointException">There is no such tensor.</exception>
    public SafetensorsEntry Find(string name) => _entries.TryGetValue(name, out var entry)
        ? entry
        : throw new CheckpointException(
            _path, $"tensor '{name}' is missing. The weights do not belong to this config.json.");

    /// <summary>Reads the data of a tensor.</summary>
    /// <param name="handle">The file.</param>
    /// <param name="name">The tensor.</param>
    /// <param name="data">Receives its bytes; as long as they are.</param>
    /// <exception cref="CheckpointException">There is no such tensor, or the file ends before its data.</exception>
    public void ReadData(SafeFileHandle handle, string name, Span<byte> data)
    {
        if (!TryReadFully(handle, data, DataStart + Find(name).Start))
        {
            throw CreateError(name, "its data is truncated");
        }
    }

    private static bool TryReadFully(SafeFileHandle handle, Span<byte> buffer, long offset)
    {
        while (buffer.Length > 0)
        {
            var read = RandomAccess.Read(handle, buffer, offset); // may return fewer bytes than the file has
            if (read == 0)
            {
                return false;
            }

            buffer = buffer[read..];
            offset += read;
        }

        return true;
    }

    private void Parse(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Name == MetadataField)
                {
                    ParseMetadata(property.Value);
                }
                else
                {
                    _entries.Add(property.Name, ParseEntry(property.Name, property.Value));
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new CheckpointException(_path, $"the header is corrupt: {exception.Message}", exception);
        }
    }

    private void ParseMetadata(JsonElement node)
    {
        foreach (var property in node.EnumerateObject().Where(entry => entry.Value.ValueKind == JsonValueKind.String))
        {
            _metadata[property.Name] = property.Value.GetString()!;
        }
    }

    private SafetensorsEntry ParseEntry(string name, JsonElement node)
    {
        try
        {
            return ReadEntry(name, node);
        }
        catch (Exception exception) when (exception is
            KeyNotFoundException or InvalidOperationException or FormatException
            or IndexOutOfRangeException or OverflowException)
        {
            throw CreateError(name, exception.Message);
        }
    }

    private SafetensorsEntry ReadEntry(string name, JsonElement node)
    {
        var dtype = node.GetProperty("dtype").GetString();
        if (!ElementSizes.TryGetValue(dtype ?? "", out var elementSize))
        {
            throw CreateError(name, $"dtype '{dtype}' is not supported (use {string.Join(", ", ElementSizes.Keys)})");
        }

        long[] shape = [.. node.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
        var offsets = node.GetProperty("data_offsets");
        long start = offsets[0].GetInt64(), end = offsets[1].GetInt64();
        if (shape.Any(size => size < 0) || start < 0)
        {
            throw CreateError(name, "a size or offset is negative");
        }

        var expected = shape.Aggregate((Int128)elementSize, (product, size) => checked(product * size));
        return end - start == expected
            ? new SafetensorsEntry(dtype!, shape, start, end)
            : throw CreateError(name,
                $"shape [{string.Join(", ", shape)}] needs {expected} bytes, but its offsets span {end - start}");
    }

    private void CheckOffsets(long dataLength)
    {
        var next = 0L;
        foreach (var (name, entry) in _entries.OrderBy(pair => pair.Value.Start).ThenBy(pair => pair.Value.End))
        {
            if (entry.Start != next)
            {
                throw CreateError(
                    name, entry.Start < next ? "its data overlaps another tensor's" : "there is a gap before its data");
            }

            if (entry.End > dataLength)
            {
                throw CreateError(name, $"its data ends {entry.End - dataLength} bytes after the end of the file");
            }

            next = entry.End;
        }

        if (next != dataLength)
        {
            throw new CheckpointException(_path, $"{dataLength - next} bytes after the last tensor are unused.");
        }
    }

    private CheckpointException CreateError(string name, string problem) => new(_path, $"tensor '{name}': {problem}.");
}
