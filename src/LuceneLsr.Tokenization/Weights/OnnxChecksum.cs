using System.Text;

namespace LuceneLsr.Tokenization.Weights;

/// <summary>
/// The checksum at the end of an ONNX file that this library exports: an entry of the model's metadata, which is
/// written as protocol buffers prescribe and covers all bytes before it.
/// </summary>
internal static class OnnxChecksum
{
    private const byte MetadataField = (14 << 3) | 2; // ModelProto.metadata_props, a message
    private const byte KeyField = (1 << 3) | 2;       // StringStringEntryProto.key, a string
    private const byte ValueField = (2 << 3) | 2;

    private static readonly byte[] Key = Encoding.ASCII.GetBytes("LuceneLsr.xxh3");
    private static readonly byte[] Prefix =
    [
        MetadataField, (byte)(2 + Key.Length + 2 + DataChecksum.Length), KeyField, (byte)Key.Length, .. Key,
        ValueField, DataChecksum.Length,
    ];

    /// <summary>Appends the checksum to a file that is otherwise complete.</summary>
    public static void Append(string path)
    {
        using var file = File.Open(path, FileMode.Open, FileAccess.ReadWrite);
        var checksum = DataChecksum.Compute(file.SafeFileHandle, 0, file.Length);
        file.Seek(0, SeekOrigin.End);
        file.Write([.. Prefix, .. Encoding.ASCII.GetBytes(checksum)]);
    }

    /// <summary>Checks the checksum of a file, if it ends with one.</summary>
    /// <exception cref="CheckpointException">The file is damaged.</exception>
    public static void Verify(string path)
    {
        using var handle = File.OpenHandle(path);
        var end = RandomAccess.GetLength(handle) - Prefix.Length - DataChecksum.Length;
        var tail = new byte[Prefix.Length + DataChecksum.Length];
        if (end < 0 || RandomAccess.Read(handle, tail, end) < tail.Length || !tail.AsSpan().StartsWith(Prefix))
        {
            return;
        }

        DataChecksum.Require(
            path, Encoding.ASCII.GetString(tail.AsSpan(Prefix.Length)), DataChecksum.Compute(handle, 0, end));
    }
}
