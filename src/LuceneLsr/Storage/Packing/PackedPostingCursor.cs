using Lucene.Net.Util.Packed;
using LuceneLsr.Storage.Cursors;
using LuceneLsr.Storage.Layouts;

namespace LuceneLsr.Storage.Packing;

/// <summary>
/// Reads a term's postings from blocks of 128 packed document gaps and 128 packed impacts, then the rest as
/// variable-length numbers: what Lucene's 4.1 postings format has in its ".doc" file, and the
/// <see cref="PackedLayout"/>.
/// </summary>
internal sealed class PackedPostingCursor : BlockCursor
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly PackedInt32s.Format[] _formats;
    private readonly bool _isIndexed;
    private readonly int[] _documents = new int[PackedBlock.Size];
    private readonly int[] _impacts = new int[PackedBlock.Size];
    private int _position; // of the next block
    private int _at; // in the block
    private int _inBlock;
    private int _unread;
    private int _last; // document of the block

    /// <summary>Reads postings of which the largest impact is known.</summary>
    /// <param name="bytes">Begins with the first block.</param>
    /// <param name="formats">How numbers of each width are packed; the first one of one bit.</param>
    /// <param name="isIndexed">Whether each full block begins with the sum of its gaps, so that it can be skipped.</param>
    /// <param name="count">How many postings there are.</param>
    /// <param name="maxImpact">No impact is larger.</param>
    public PackedPostingCursor(
        ReadOnlyMemory<byte> bytes, PackedInt32s.Format[] formats, bool isIndexed, int count, int maxImpact)
    {
        _bytes = bytes;
        _formats = formats;
        _isIndexed = isIndexed;
        _unread = Count = count;
        MaxImpact = maxImpact;
    }

    /// <summary>Reads Lucene's postings; looks through the blocks for the widest impacts.</summary>
    /// <param name="bytes">Begins with the first block.</param>
    /// <param name="formats">How numbers of each width are packed; the first one of one bit.</param>
    /// <param name="count">How many postings there are.</param>
    public PackedPostingCursor(ReadOnlyMemory<byte> bytes, PackedInt32s.Format[] formats, int count)
        : this(bytes, formats, isIndexed: false, count, maxImpact: 0)
    {
        using var pin = bytes.Pin();
        MaxImpact = ComputeMaxImpact(bytes.Span);
    }

    public override int NextDocument
    {
        get
        {
            using var pin = _bytes.Pin();
            return HasBlock(_bytes.Span, from: 0) ? _documents[_at] : int.MaxValue;
        }
    }

    public override int Count { get; }

    public override int MaxImpact { get; }

    public override void Accumulate<T>(int start, int end, T into)
    {
        using var pin = _bytes.Pin();
        var source = _bytes.Span;
        while (HasBlock(source, start) && _documents[_at] < end)
        {
            Skip(start);
            var behind = _last < end ? _inBlock : Behind(end);
            var documents = _documents.AsSpan(_at, behind - _at);
            var impacts = _impacts.AsSpan(_at, behind - _at);
            for (var at = 0; at < documents.Length && at < impacts.Length; at++)
            {
                into.Add(documents[at] - start, impacts[at]);
            }

            _at = behind;
        }
    }

    public override int ReadBlock(int from, Span<int> documents, Span<int> impacts)
    {
        using var pin = _bytes.Pin();
        var source = _bytes.Span;
        while (HasBlock(source, from))
        {
            Skip(from);
            if (_at < _inBlock)
            {
                var read = _inBlock - _at;
                _documents.AsSpan(_at, read).CopyTo(documents);
                _impacts.AsSpan(_at, read).CopyTo(impacts);
                _at = _inBlock;
                return read;
            }
        }

        return 0;
    }

    public override void Find(ReadOnlySpan<int> documents, Span<int> impacts)
    {
        using var pin = _bytes.Pin();
        var source = _bytes.Span;
        for (var at = 0; at < documents.Length; at++)
        {
            do
            {
                Skip(documents[at]);
            }
            while (_at == _inBlock && HasBlock(source, documents[at]));

            impacts[at] = _at < _inBlock && _documents[_at] == documents[at] ? _impacts[_at] : 0;
        }
    }

    private void Skip(int from)
    {
        while (_at < _inBlock && _documents[_at] < from)
        {
            _at++;
        }
    }

    private int Behind(int end)
    {
        var at = _at;
        while (at < _inBlock && _documents[at] < end)
        {
            at++;
        }

        return at;
    }

    // Whether there is an unread posting in the block; reads the next block where there is none.
    private bool HasBlock(ReadOnlySpan<byte> source, int from)
    {
        while (_at == _inBlock && _unread > 0)
        {
            _at = 0;
            _inBlock = Math.Min(_unread, PackedBlock.Size);
            _unread -= _inBlock;
            if (_inBlock < PackedBlock.Size)
            {
                ReadRest(source);
            }
            else if (_isIndexed && _last + ReadVInt(source) is var last && last < from)
            {
                SkipBlock(source, last);
                continue;
            }
            else
            {
                ReadNumbers(source, _documents);
                ReadNumbers(source, _impacts);
            }

            SumGaps();
        }

        return _at < _inBlock;
    }

    private void SkipBlock(ReadOnlySpan<byte> source, int last)
    {
        SkipNumbers(source);
        SkipNumbers(source);
        _last = last;
        _at = _inBlock;
    }

    private void SumGaps()
    {
        var last = _last;
        foreach (ref var document in _documents.AsSpan(0, _inBlock))
        {
            document = last += document;
        }

        _last = last;
    }

    private void ReadNumbers(ReadOnlySpan<byte> source, int[] numbers)
    {
        int bits = source[_position++];
        if (bits == 0)
        {
            numbers.AsSpan().Fill(ReadVInt(source));
            return;
        }

        PackedBlock.Unpack(source[_position..], _formats[bits - 1], bits, numbers);
        _position += PackedBlock.PackedSize(bits);
    }

    // Returns the largest number that can be among them.
    private int SkipNumbers(ReadOnlySpan<byte> source)
    {
        int bits = source[_position++];
        if (bits == 0)
        {
            return ReadVInt(source);
        }

        _position += PackedBlock.PackedSize(bits);
        return (int)((1L << bits) - 1);
    }

    private int ComputeMaxImpact(ReadOnlySpan<byte> source)
    {
        var largest = 1;
        for (; _unread >= PackedBlock.Size; _unread -= PackedBlock.Size)
        {
            SkipNumbers(source);
            largest = Math.Max(largest, SkipNumbers(source));
        }

        for (; _unread > 0; _unread--)
        {
            largest = Math.Max(largest, ReadPosting(source).Impact);
        }

        _unread = Count;
        _position = 0;
        return largest;
    }

    private void ReadRest(ReadOnlySpan<byte> source)
    {
        for (var at = 0; at < _inBlock; at++)
        {
            (_documents[at], _impacts[at]) = ReadPosting(source);
        }
    }

    private (int Gap, int Impact) ReadPosting(ReadOnlySpan<byte> source)
    {
        var code = ReadVInt(source);
        return (code >>> 1, (code & 1) != 0 ? 1 : ReadVInt(source));
    }

    // Lucene's variable-length integer: seven bits a byte, the low ones first, the high bit where more follow.
    private int ReadVInt(ReadOnlySpan<byte> source)
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
}
