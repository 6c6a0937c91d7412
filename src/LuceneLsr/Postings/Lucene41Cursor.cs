using Lucene.Net.Store;
using Lucene.Net.Util.Packed;

namespace LuceneLsr.Postings;

/// <summary>
/// Reads a term's postings from the ".doc" file of Lucene's 4.1 postings format: blocks of 128 packed document gaps and
/// 128 packed frequencies, then the rest as variable-length numbers.
/// </summary>
/// <param name="docs">At the term's first block; not shared.</param>
/// <param name="formats">How numbers of each width are packed; the first one of one bit.</param>
/// <param name="count">How many postings there are.</param>
/// <param name="largestImpact">No frequency is larger.</param>
internal sealed class Lucene41Cursor(
    IndexInput docs, PackedInt32s.Format[] formats, int count, int largestImpact) : PostingCursor
{
    private readonly byte[] _packed = new byte[PackedBlock.PackedSize(32) + PackedBlock.Padding];
    private readonly int[] _documents = new int[PackedBlock.Size];
    private readonly int[] _impacts = new int[PackedBlock.Size];
    private int _at; // in the block
    private int _inBlock;
    private int _unread = count;
    private int _last; // document of the block

    public override int NextDocument => _at < _inBlock || ReadBlock() ? _documents[_at] : int.MaxValue;

    public override int Count { get; } = count;

    public override int LargestImpact => largestImpact;

    public override void Accumulate<T>(int start, int end, T into)
    {
        while (NextDocument < end)
        {
            var documents = _documents.AsSpan(_at, _inBlock - _at);
            var impacts = _impacts.AsSpan(_at, _inBlock - _at);
            var at = 0;
            for (; at < documents.Length && at < impacts.Length && documents[at] < end; at++)
            {
                if (documents[at] >= start)
                {
                    into.Add(documents[at] - start, impacts[at]);
                }
            }

            _at += at;
        }
    }

    private bool ReadBlock()
    {
        if (_unread == 0)
        {
            return false;
        }

        _inBlock = Math.Min(_unread, PackedBlock.Size);
        _unread -= _inBlock;
        _at = 0;
        if (_inBlock == PackedBlock.Size)
        {
            ReadNumbers(_documents);
            ReadNumbers(_impacts);
        }
        else
        {
            ReadRest();
        }

        // The gaps become documents.
        for (var at = 0; at < _inBlock; at++)
        {
            _documents[at] = _last += _documents[at];
        }

        return true;
    }

    private void ReadNumbers(int[] numbers)
    {
        int bits = docs.ReadByte();
        if (bits == 0)
        {
            numbers.AsSpan().Fill(docs.ReadVInt32());
            return;
        }

        docs.ReadBytes(_packed, 0, PackedBlock.PackedSize(bits));
        PackedBlock.Unpack(_packed, formats[bits - 1], bits, numbers);
    }

    private void ReadRest()
    {
        for (var at = 0; at < _inBlock; at++)
        {
            var code = docs.ReadVInt32();
            _documents[at] = code >>> 1;
            _impacts[at] = (code & 1) != 0 ? 1 : docs.ReadVInt32();
        }
    }
}
