using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;

namespace LuceneLsr.Tokenization.Weights;

/// <summary>
/// The checksum (XXH3, 64 bits) that files of weights get from this library, so that damage does not go unnoticed.
/// </summary>
internal static class DataChecksum
{
    /// <summary>The number of characters of a checksum.</summary>
    public const int Length = 16;

    private const int BufferSize = 1 << 20;

    /// <summary>Formats a checksum as hexadecimal digits.</summary>
    public static string Format(XxHash3 hash) => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <summary>Computes the checksum of a part of a file.</summary>
    /// <param name="handle">The file.</param>
    /// <param name="start">The first byte.</param>
    /// <param name="end">The byte after the last one.</param>
    public static string Compute(SafeFileHandle handle, long start, long end)
    {
        var hash = new XxHash3();
        var buffer = new byte[BufferSize];
        while (start < end)
        {
            var read = RandomAccess.Read(handle, buffer.AsSpan(0, (int)Math.Min(BufferSize, end - start)), start);
            if (read == 0)
            {
                break; // the file has been cut meanwhile, so the checksum differs
            }

            hash.Append(buffer.AsSpan(0, read));
            start += read;
        }

        return Format(hash);
    }

    /// <summary>Checks a checksum.</summary>
    /// <param name="path">The file, for the message.</param>
    /// <param name="expected">The checksum in the file.</param>
    /// <param name="actual">The checksum of its data.</param>
    /// <exception cref="CheckpointException">They differ.</exception>
    public static void Require(string path, string expected, string actual)
    {
        if (expected != actual)
        {
            throw new CheckpointException(
                path,
                "its data does not match its checksum. The file is damaged, or another program has changed it. Get it "
                + "again, or remove the checksum from its metadata.");
        }
    }
}
