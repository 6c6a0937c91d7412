using Lucene.Net.Util.Packed;

namespace LuceneLsr.Storage.Packing;

/// <summary>Reads variable-length integers and packed blocks in sequence.</summary>
/// <param name="formats">The format of each width; the first entry is for one bit.</param>
internal struct PackedReader(PackedInt32s.Format[] formats)
{
    private int _position;

    /// <summary>Reads one of Lucene's variable-length integers: 7 bits per byte, low bits first.</summary>
    public int ReadVInt(ReadOnlySpan<byte> source)
    {
        var value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = source[_position++];
            value |= (part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }

    /// <summary>
    /// Reads a block: its width in bits as one byte, then the packed numbers, or the number of width 0.
    /// </summary>
    /// <param name="source">All bytes.</param>
    /// <param name="numbers">Receives the numbers; [<see cref="PackedBlock.Size"/>].</param>
    public void ReadBlock(ReadOnlySpan<byte> source, int[] numbers)
    {
        int bits = source[_position++];
        if (bits == 0)
        {
            numbers.AsSpan().Fill(ReadVInt(source));
            return;
        }

        PackedBlock.Unpack(source[_position..], formats[bits - 1], bits, numbers);
        _position += PackedBlock.GetPackedSize(bits);
    }

    /// <summary>Skips a block.</summary>
    /// <returns>An upper bound of its numbers.</returns>
    public int SkipBlock(ReadOnlySpan<byte> source)
    {
        int bits = source[_position++];
        if (bits == 0)
        {
            return ReadVInt(source);
        }

        _position += PackedBlock.GetPackedSize(bits);
        return (int)((1L << bits) - 1);
    }

    /// <summary>
    /// Reads a posting that is not in a block: twice the document gap, plus one if the impact is 1; otherwise the
    /// impact follows.
    /// </summary>
    public (int Gap, int Impact) ReadPosting(ReadOnlySpan<byte> source)
    {
        var code = ReadVInt(source);
        return (code >>> 1, (code & 1) != 0 ? 1 : ReadVInt(source));
    }
}
