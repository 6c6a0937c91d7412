using System.Buffers.Binary;
using System.Text.Json.Nodes;
using LuceneLsr.Torch.Tests.Reference;

namespace LuceneLsr.Torch.Tests.Support;

/// <summary>
/// An independent writer of <c>.safetensors</c> files (https://github.com/huggingface/safetensors): the header length
/// in 8 bytes, little-endian; the JSON header; the tensors' bytes, row-major, little-endian.
/// </summary>
internal static class ReferenceSafetensors
{
    /// <summary>Creates a file from any header and data.</summary>
    public static byte[] CreateBytes(string header, params byte[] data)
    {
        var json = System.Text.Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        return [.. length, .. json, .. data];
    }

    /// <summary>Creates a file of a model's weights in "F32", "F16" or "BF16".</summary>
    public static byte[] CreateBytes(ReferenceWeights weights, string dtype = "F32") =>
        CreateBytes(weights, weights.Names, dtype);

    /// <summary>Creates a file of some of a model's weights.</summary>
    public static byte[] CreateBytes(ReferenceWeights weights, IEnumerable<string> names, string dtype = "F32") =>
        CreateBytes(names.Select(name => (name, weights.Shape(name), weights[name])), dtype);

    /// <summary>Creates a file of tensors.</summary>
    public static byte[] CreateBytes(
        IEnumerable<(string Name, int[] Shape, float[] Values)> tensors, string dtype = "F32")
    {
        var header = new JsonObject();
        var data = new List<byte>();
        foreach (var (name, shape, values) in tensors)
        {
            var start = data.Count;
            data.AddRange(values.SelectMany(value => CreateBytes(value, dtype)));
            header[name] = new JsonObject
            {
                ["dtype"] = dtype,
                ["shape"] = new JsonArray([.. shape.Select(size => (JsonNode)size)]),
                ["data_offsets"] = new JsonArray(start, data.Count),
            };
        }

        return CreateBytes(header.ToJsonString(), [.. data]);
    }

    private static byte[] CreateBytes(float value, string dtype) => dtype switch
    {
        "F32" => BitConverter.GetBytes(value),
        "F16" => BitConverter.GetBytes((Half)value),
        "BF16" => BitConverter.GetBytes(value)[2..], // the upper half of a float
        _ => throw new ArgumentException($"Unknown dtype '{dtype}'.", nameof(dtype)),
    };
}
