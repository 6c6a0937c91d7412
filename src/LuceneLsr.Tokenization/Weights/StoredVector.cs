using System.Buffers.Binary;

namespace LuceneLsr.Tokenization.Weights;

/// <summary>Reads a vector from a <c>.safetensors</c> file without a tensor library.</summary>
internal static class StoredVector
{
    /// <summary>Reads a tensor of one dimension.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The tensor, in F32, F16 or BF16.</param>
    /// <exception cref="CheckpointException">
    /// The file is missing or corrupt, there is no such tensor, or it has another shape or dtype.
    /// </exception>
    public static float[] Read(string path, string name)
    {
        CheckpointFile.RequireExists(path, "modules.json names the module.");
        using var handle = File.OpenHandle(path);
        var header = SafetensorsHeader.Read(handle, path);
        var entry = header.Find(name);
        if (entry.Shape.Length != 1)
        {
            throw new CheckpointException(
                path, $"tensor '{name}': its shape is [{string.Join(", ", entry.Shape)}], expected one dimension.");
        }

        var data = new byte[entry.Length];
        header.ReadData(handle, name, data);
        return entry.Dtype switch
        {
            "F32" => Convert(data, sizeof(float), BinaryPrimitives.ReadSingleLittleEndian),
            "F16" => Convert(data, 2, bytes => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes)),
            "BF16" => Convert(data, 2, bytes =>
                BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16)),
            var dtype => throw new CheckpointException(
                path, $"tensor '{name}': dtype '{dtype}' is not supported here (use F32, F16, BF16)."),
        };
    }

    private static float[] Convert(byte[] data, int size, Func<ReadOnlySpan<byte>, float> convert) =>
        [.. Enumerable.Range(0, data.Length / size).Select(index => convert(data.AsSpan(index * size, size)))];
}
