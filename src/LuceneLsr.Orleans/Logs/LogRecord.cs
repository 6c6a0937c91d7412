using System.Buffers.Binary;
using System.IO.Hashing;

namespace LuceneLsr.Orleans.Logs;

/// <summary>
/// The object of a batch in a store. Numbers are little-endian:
/// <code>
/// 4 bytes   "LSRB"
/// 4 bytes   version, 1
/// 16 bytes  id, new for each record
/// 8 bytes   XxHash3 of id and payload
/// the rest  payload: a ShardBatch, as the version-tolerant serializer of Orleans writes it
/// </code>
/// </summary>
/// <param name="Id">Tells the records of two writers with the same payload apart.</param>
/// <param name="Payload">The serialized batch.</param>
internal sealed record LogRecord(Guid Id, byte[] Payload)
{
    private const int Version = 1;
    private const int HeaderLength = 32;

    private static ReadOnlySpan<byte> Magic => "LSRB"u8;

    /// <summary>Returns the bytes of the record.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[HeaderLength + Payload.Length];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), Version);
        Id.TryWriteBytes(bytes.AsSpan(8));
        Payload.CopyTo(bytes, HeaderLength);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(24), Hash(bytes));
        return bytes;
    }

    /// <summary>Reads the bytes of a record.</summary>
    /// <param name="key">The key, for messages.</param>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="InvalidDataException">The record is truncated or corrupt, or of a later version.</exception>
    public static LogRecord Parse(string key, byte[] bytes)
    {
        if (bytes.Length < HeaderLength || !bytes.AsSpan().StartsWith(Magic)
            || BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(24)) != Hash(bytes))
        {
            throw new InvalidDataException(
                $"The log record {key} is corrupt ({bytes.Length:N0} bytes). Restore the object from a backup of the "
                + "store.");
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4));
        return version == Version
            ? new(new Guid(bytes.AsSpan(8, 16)), bytes[HeaderLength..])
            : throw new InvalidDataException(
                $"The log record {key} has version {version}, but this program reads version {Version}. Update it.");
    }

    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = new XxHash3();
        hash.Append(bytes[8..24]);
        hash.Append(bytes[HeaderLength..]);
        return hash.GetCurrentHashAsUInt64();
    }
}
