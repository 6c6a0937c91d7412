using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;
using Tensorboard;

namespace LuceneLsr.Training.Tests.Support;

/// <summary>
/// Reads TensorBoard event files, which are TFRecords: the length of the data (8 bytes), the masked CRC-32C of the
/// length (4 bytes), the data, and the masked CRC-32C of the data (4 bytes).
/// </summary>
internal static class EventFile
{
    private const int LengthBytes = 8;
    private const int CrcBytes = 4;

    /// <summary>Reads the scalars of all files of a directory, ordered by file name.</summary>
    public static IEnumerable<(string Tag, long Step, float Value)> ReadScalars(string directory) =>
        from path in Directory.GetFiles(directory).Order(StringComparer.Ordinal)
        from read in Read(path)
        where read.Summary is not null
        from value in read.Summary.Value
        select (value.Tag, read.Step, value.SimpleValue);

    /// <summary>Reads the events of a file and verifies their checksums.</summary>
    public static List<Event> Read(string path)
    {
        ReadOnlySpan<byte> rest = File.ReadAllBytes(path);
        var events = new List<Event>();
        while (rest.Length > 0)
        {
            var length = (int)BinaryPrimitives.ReadInt64LittleEndian(Take(ref rest, LengthBytes));
            using var data = new CodedInputStream(Take(ref rest, length).ToArray());
            events.Add(Event.Parser.ParseFrom(data));
        }

        return events;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, int count)
    {
        var data = rest[..count];
        Assert.Equal(BinaryPrimitives.ReadUInt32LittleEndian(rest[count..]), MaskedCrc(data));
        rest = rest[(count + CrcBytes)..];
        return data;
    }

    private static uint MaskedCrc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return BitOperations.RotateRight(~crc, 15) + 0xa282ead8;
    }
}
