using Lucene.Net.Index;
using Lucene.Net.Util;
using LuceneLsr.Storage;
using LuceneLsr.Storage.Cursors;
using LuceneLsr.Storage.Packing;

namespace LuceneLsr.Codecs.Impact;

/// <summary>A term's postings through Lucene's interface.</summary>
/// <param name="count">How many there are.</param>
/// <param name="isFast">Whether they are mapped, and in a layout that is fast to read.</param>
/// <param name="open">Opens a cursor on them.</param>
/// <param name="live">The documents that are not deleted; null where all are to be shown.</param>
internal sealed class ImpactDocsEnum(int count, bool isFast, Func<BlockCursor> open, IBits? live) : DocsEnum
{
    private BlockCursor? _cursor; // together with the arrays from the first move on
    private int[] _documents = [];
    private int[] _impacts = [];
    private int _at = -1; // in the block
    private int _inBlock;
    private int _document = -1;

    /// <summary>Whether a copy in memory would be no faster.</summary>
    public bool IsFast => isFast;

    public override int DocID => _document;

    public override int Freq => _impacts[_at];

    /// <summary>Opens another cursor, before the first posting; deleted documents are in it.</summary>
    public BlockCursor OpenCursor() => CorruptPostings.Watch(open);

    public override int NextDoc()
    {
        do
        {
            Step(_document + 1);
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
                Step(target);
            }
            while (_document < target);
        }
        while (_document != NO_MORE_DOCS && live?.Get(_document) == false);

        return _document;
    }

    public override long GetCost() => count;

    // Moves to the next posting of the block, or else to the first one from the target on.
    private void Step(int target)
    {
        if (++_at >= _inBlock && !ReadBlock(target))
        {
            _document = NO_MORE_DOCS;
            return;
        }

        _document = _documents[_at];
    }

    private bool ReadBlock(int target)
    {
        if (_cursor is null)
        {
            _cursor = OpenCursor();
            _documents = new int[PackedBlock.Size];
            _impacts = new int[PackedBlock.Size];
        }

        _at = 0;
        _inBlock = CorruptPostings.Watch(() => _cursor.ReadBlock(target, _documents, _impacts));
        return _inBlock > 0;
    }
}
