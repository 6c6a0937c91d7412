using System.Buffers.Binary;
using System.Text.Json.Nodes;
using LuceneLsr.Torch.Tests.Reference;

namespace LuceneLsr.Torch.Tests.Support;

/// <summary>
/// Writes <c>.safetensors</c> bytes from the format's description alone (https://github.com/huggingface/safetensors):
/// eight bytes header length, little-endian; the JSON header; the tensors' bytes, row-major, little-endian.
/// </summary>
internal static class ForeignSafetensors
{
    /// <summary>A file of a header and data, whatever they are.</summary>
    public static byte[] Bytes(string header, params byte[] data)
    {
        var json = System.Text.Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        return [.. length, .. json, .. data];
    }

    /// <summary>A model's weights in "F32", "F16" or "BF16".</summary>
    public static byte[] Bytes(ReferenceWeights weights, string dtype = "F32") => Bytes(weights, weights.Names, dtype);

    /// <summary>Some of a model's weights.</summary>
    public static byte[] Bytes(ReferenceWeights weights, IEnumerable<string> names, string dtype = "F32") =>
        Bytes(names.Select(name => (name, weights.Shape(name), weights[name])), dtype);

    /// <summary>Any tensors.</summary>
    public static byte[] Bytes(IEnumerable<(string Name, int[] Shape, float[] Values)> tensors, string dtype = "F32")
    {
        var header = new JsonObject();
        var data = new List<byte>();
        foreach (var (name, shape, values) in tensors)
        {
            var start = data.Count;
            data.AddRange(values.SelectMany(value => Bytes(value, dtype)));
            header[name] = new JsonObject
            {
                ["dtype"] = dtype,
                ["shape"] = new JsonArray([.. shape.Select(size => (JsonNode)size)]),
                ["data_offsets"] = new JsonArray(start, data.Count),
            };
        }

        return Bytes(header.ToJsonString(), [.. data]);
    }

    private static byte[] Bytes(float value, string dtype) => dtype switch
    {
        "F32" => BitConverter.GetBytes(value),
        "F16" => BitConverter.GetBytes((Half)value),
        "BF16" => BitConverter.GetBytes(value)[2..], // the upper half of a float
        _ => throw new ArgumentException($"No dtype '{dtype}'.", nameof(dtype)),
    };
}
