using Lucene.Net.Index;
using Lucene.Net.Util;
using LuceneLsr.Storage;
using LuceneLsr.Storage.Cursors;

namespace LuceneLsr.Codecs.Impact;

/// <summary>Exposes a term's postings through Lucene's <see cref="DocsEnum"/>.</summary>
/// <param name="count">Number of postings.</param>
/// <param name="isFast">Whether the postings are mapped in a layout that is fast to score.</param>
/// <param name="open">Opens a cursor over the postings.</param>
/// <param name="live">The documents that are not deleted, or null to include all.</param>
/// <param name="maxDoc">Number of documents in the segment.</param>
internal sealed class ImpactDocsEnum(int count, bool isFast, Func<BlockCursor> open, IBits? live, int maxDoc)
    : DocsEnum
{
    private BlockCursor? _cursor; // opened, and the arrays allocated, by the first move
    private int[] _documents = [];
    private int[] _impacts = [];
    private int _index = -1; // in the block
    private int _blockCount;
    private int _document = -1;

    /// <summary>Gets whether a copy of the postings in memory would be no faster.</summary>
    public bool IsFast => isFast;

    public override int DocID => _document;

    public override int Freq => _impacts[_index];

    /// <summary>Opens a cursor before the first posting, which includes deleted documents.</summary>
    public BlockCursor OpenCursor() => CorruptPostings.Detect(open);

    public override int NextDoc()
    {
        do
        {
            MoveNext(_document + 1);
        }
        while (_document != NO_MORE_DOCS && live?.Get(_document) == false);

        return _document;
    }

    public override int Advance(int target)
    {
        do
        {
            do
            {
                MoveNext(target);
            }
            while (_document < target);
        }
        while (_document != NO_MORE_DOCS && live?.Get(_document) == false);

        return _document;
    }

    public override long GetCost() => count;

    // Moves to the next posting of the block, or to the first later one that is at or after the target.
    private void MoveNext(int target)
    {
        if (++_index >= _blockCount && !TryReadBlock(target))
        {
            _document = NO_MORE_DOCS;
            return;
        }

        _document = _documents[_index];
    }

    private bool TryReadBlock(int target)
    {
        if (_cursor is null)
        {
            _cursor = OpenCursor();
            _documents = new int[BlockCursor.BlockSize];
            _impacts = new int[BlockCursor.BlockSize];
        }

        _index = 0;
        _blockCount = CorruptPostings.Detect(() => _cursor.ReadBlock(target, _documents, _impacts));
        RequireAscending(_documents.AsSpan(0, _blockCount));
        return _blockCount > 0;
    }

    private void RequireAscending(ReadOnlySpan<int> documents)
    {
        var previous = _document;
        foreach (var document in documents)
        {
            if (document <= previous || document >= maxDoc)
            {
                throw CorruptPostings.CreateError();
            }

            previous = document;
        }
    }
}
