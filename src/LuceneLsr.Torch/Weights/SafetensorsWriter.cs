using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text.Json;
using System.Text.Json.Nodes;
using LuceneLsr.Files;
using LuceneLsr.Tokenization.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Weights;

/// <summary>Writes tensors to a <c>.safetensors</c> file. A failed write leaves an existing file unchanged.</summary>
internal static class SafetensorsWriter
{
    /// <summary>Writes tensors in the given order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">The tensors by name.</param>
    /// <param name="metadata">Texts by name that describe the tensors.</param>
    public static void Write(
        string path, IReadOnlyList<(string Name, Tensor Value)> tensors,
        params IEnumerable<(string Name, string Value)> metadata) =>
        AtomicFile.Write(path, stream => WriteTensors(
            stream, tensors, metadata.Append((SafetensorsHeader.ChecksumField, ComputeChecksum(tensors)))));

    private static string ComputeChecksum(IReadOnlyList<(string Name, Tensor Value)> tensors)
    {
        var hash = new XxHash3();
        foreach (var (_, value) in tensors)
        {
            using var contiguous = value.cpu().contiguous();
            hash.Append(contiguous.bytes);
        }

        return DataChecksum.Format(hash);
    }

    private static void WriteTensors(
        Stream stream, IReadOnlyList<(string Name, Tensor Value)> tensors,
        IEnumerable<(string Name, string Value)> metadata)
    {
        WriteHeader(stream, tensors, metadata);
        foreach (var (_, value) in tensors)
        {
            using var contiguous = value.cpu().contiguous();
            stream.Write(contiguous.bytes);
        }
    }

    private static void WriteHeader(
        Stream stream, IReadOnlyList<(string Name, Tensor Value)> tensors,
        IEnumerable<(string Name, string Value)> metadata)
    {
        var header = new JsonObject
        {
            [SafetensorsHeader.MetadataField] = new JsonObject(metadata.Prepend(("format", "pt"))
                .Select(entry => KeyValuePair.Create(entry.Item1, (JsonNode?)JsonValue.Create(entry.Item2)))),
        };
        var offset = 0L;
        foreach (var (name, value) in tensors)
        {
            var end = offset + (value.numel() * value.dtype.ElementSize());
            header[name] = new JsonObject
            {
                ["dtype"] = SafetensorsDtypes.GetName(value.dtype),
                ["shape"] = new JsonArray([.. value.shape.Select(size => JsonValue.Create(size))]),
                ["data_offsets"] = new JsonArray(offset, end),
            };
            offset = end;
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        var padded = (json.Length + 7) / 8 * 8; // the format aligns the data to 8 bytes
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, padded);
        stream.Write(length);
        stream.Write(json);
        stream.Write(Enumerable.Repeat((byte)' ', padded - json.Length).ToArray());
    }
}
