using System.Buffers.Binary;

namespace LuceneLsr.TestSupport;

/// <summary>Reads the header of PNG files.</summary>
public static class PngFile
{
    private const int WidthOffset = 16; // after the signature and the length and type of the first chunk
    private static readonly byte[] Signature = [0x89, .. "PNG\r\n\x1a\n"u8];

    /// <summary>Reads the width and height in pixels.</summary>
    /// <exception cref="InvalidDataException">The file is not a PNG file.</exception>
    public static (int Width, int Height) ReadSize(string path)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(path);
        return bytes.StartsWith(Signature)
            ? (BinaryPrimitives.ReadInt32BigEndian(bytes[WidthOffset..]),
                BinaryPrimitives.ReadInt32BigEndian(bytes[(WidthOffset + sizeof(int))..]))
            : throw new InvalidDataException($"{path} is not a PNG file.");
    }
}
