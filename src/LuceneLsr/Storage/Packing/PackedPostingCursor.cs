using Lucene.Net.Util.Packed;
using LuceneLsr.Storage.Cursors;

namespace LuceneLsr.Storage.Packing;

/// <summary>
/// Reads a term's postings from blocks of 128 packed document gaps and 128 packed impacts, then the remaining postings
/// as variable-length integers. Lucene's 4.1 postings format stores them this way in its ".doc" file; the packed layout
/// adds the sum of the gaps to each block, so that a block can be skipped.
/// </summary>
internal sealed class PackedPostingCursor : BlockCursor
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly bool _hasGapSums;
    private readonly int[] _documents = new int[PackedBlock.Size];
    private readonly int[] _impacts = new int[PackedBlock.Size];
    private PackedReader _reader;
    private int _index; // of the next posting in the block
    private int _blockCount; // postings in the block
    private int _unread; // postings after the block
    private int _lastDocument; // of the block

    /// <summary>Creates a cursor over postings whose largest impact is known.</summary>
    /// <param name="bytes">Starts with the first block.</param>
    /// <param name="formats">The format of each width; the first entry is for one bit.</param>
    /// <param name="hasGapSums">Whether each full block starts with the sum of its gaps.</param>
    /// <param name="count">Number of postings.</param>
    /// <param name="maxImpact">Upper bound of the impacts.</param>
    public PackedPostingCursor(
        ReadOnlyMemory<byte> bytes, PackedInt32s.Format[] formats, bool hasGapSums, int count, int maxImpact)
    {
        _bytes = bytes;
        _reader = new PackedReader(formats);
        _hasGapSums = hasGapSums;
        _unread = Count = count;
        MaxImpact = maxImpact;
    }

    /// <summary>
    /// Creates a cursor over Lucene's postings and scans the widths of the impact blocks for a bound.
    /// </summary>
    /// <param name="bytes">Starts with the first block.</param>
    /// <param name="formats">The format of each width; the first entry is for one bit.</param>
    /// <param name="count">Number of postings.</param>
    public PackedPostingCursor(ReadOnlyMemory<byte> bytes, PackedInt32s.Format[] formats, int count)
        : this(bytes, formats, hasGapSums: false, count, maxImpact: 0)
    {
        using var pin = bytes.Pin();
        MaxImpact = ComputeMaxImpact(bytes.Span, _reader, count);
    }

    public override int NextDocument
    {
        get
        {
            using var pin = _bytes.Pin();
            return TryLoadBlock(_bytes.Span, target: 0) ? _documents[_index] : NoMoreDocs;
        }
    }

    public override int Count { get; }

    public override int MaxImpact { get; }

    public override void Accumulate<T>(int start, int end, T consumer)
    {
        using var pin = _bytes.Pin();
        var source = _bytes.Span;
        while (TryLoadBlock(source, start) && _documents[_index] < end)
        {
            SkipTo(start);
            var stop = _lastDocument < end ? _blockCount : FindFirstIndexFrom(end);
            var documents = _documents.AsSpan(_index, stop - _index);
            var impacts = _impacts.AsSpan(_index, stop - _index);
            for (var i = 0; i < documents.Length && i < impacts.Length; i++)
            {
                consumer.Add(documents[i] - start, impacts[i]);
            }

            _index = stop;
        }
    }

    public override int ReadBlock(int target, Span<int> documents, Span<int> impacts)
    {
        using var pin = _bytes.Pin();
        var source = _bytes.Span;
        while (TryLoadBlock(source, target))
        {
            SkipTo(target);
            if (_index < _blockCount)
            {
                var read = _blockCount - _index;
                _documents.AsSpan(_index, read).CopyTo(documents);
                _impacts.AsSpan(_index, read).CopyTo(impacts);
                _index = _blockCount;
                return read;
            }
        }

        return 0;
    }

    public override void Find(ReadOnlySpan<int> documents, Span<int> impacts)
    {
        using var pin = _bytes.Pin();
        var source = _bytes.Span;
        for (var i = 0; i < documents.Length; i++)
        {
            do
            {
                SkipTo(documents[i]);
            }
            while (_index == _blockCount && TryLoadBlock(source, documents[i]));

            impacts[i] = _index < _blockCount && _documents[_index] == documents[i] ? _impacts[_index] : 0;
        }
    }

    // Skips postings of the loaded block.
    private void SkipTo(int target)
    {
        while (_index < _blockCount && _documents[_index] < target)
        {
            _index++;
        }
    }

    private int FindFirstIndexFrom(int target)
    {
        var index = _index;
        while (index < _blockCount && _documents[index] < target)
        {
            index++;
        }

        return index;
    }

    // Decodes the next block if no posting of the loaded one is unread; skips blocks that end before the target.
    // Returns false after the last posting.
    private bool TryLoadBlock(ReadOnlySpan<byte> source, int target)
    {
        while (_index == _blockCount && _unread > 0)
        {
            _index = 0;
            _blockCount = Math.Min(_unread, PackedBlock.Size);
            _unread -= _blockCount;
            if (_blockCount < PackedBlock.Size)
            {
                ReadRemainingPostings(source);
            }
            else if (_hasGapSums && _lastDocument + _reader.ReadVInt(source) is var last && last < target)
            {
                SkipBlock(source, last);
                continue;
            }
            else
            {
                _reader.ReadBlock(source, _documents);
                _reader.ReadBlock(source, _impacts);
            }

            _lastDocument = PrefixSums.Compute(_documents.AsSpan(0, _blockCount), _lastDocument);
        }

        return _index < _blockCount;
    }

    private void SkipBlock(ReadOnlySpan<byte> source, int lastDocument)
    {
        _reader.SkipBlock(source);
        _reader.SkipBlock(source);
        _lastDocument = lastDocument;
        _index = _blockCount;
    }

    private void ReadRemainingPostings(ReadOnlySpan<byte> source)
    {
        for (var i = 0; i < _blockCount; i++)
        {
            (_documents[i], _impacts[i]) = _reader.ReadPosting(source);
        }
    }

    private static int ComputeMaxImpact(ReadOnlySpan<byte> source, PackedReader reader, int count)
    {
        var max = 1;
        for (; count >= PackedBlock.Size; count -= PackedBlock.Size)
        {
            reader.SkipBlock(source); // gaps
            max = Math.Max(max, reader.SkipBlock(source));
        }

        for (; count > 0; count--)
        {
            max = Math.Max(max, reader.ReadPosting(source).Impact);
        }

        return max;
    }
}
