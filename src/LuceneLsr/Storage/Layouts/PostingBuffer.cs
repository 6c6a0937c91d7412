using System.Buffers;
using System.Runtime.InteropServices;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace LuceneLsr.Storage.Layouts;

/// <summary>One term's postings while they are gathered, one after the other; kept for the next term.</summary>
internal sealed class PostingBuffer
{
    private readonly List<int> _documents = [];
    private readonly List<int> _impacts = [];
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>How many there are.</summary>
    public int Count => _documents.Count;

    /// <summary>The first posting's document.</summary>
    public int FirstDocument => _documents[0];

    /// <summary>The largest impact; 0 where there is no posting.</summary>
    public int MaxImpact { get; private set; }

    /// <summary>Forgets the last term.</summary>
    public void Clear()
    {
        _documents.Clear();
        _impacts.Clear();
        MaxImpact = 0;
    }

    /// <summary>Takes a posting of a document above the last one.</summary>
    public void Add(int document, int impact)
    {
        _documents.Add(document);
        _impacts.Add(impact);
        MaxImpact = Math.Max(MaxImpact, impact);
    }

    /// <summary>Takes a term's postings in place of the last term's.</summary>
    public void Read(DocsEnum docs)
    {
        Clear();
        while (docs.NextDoc() != DocIdSetIterator.NO_MORE_DOCS)
        {
            Add(docs.DocID, docs.Freq);
        }
    }

    /// <summary>Lays the postings out.</summary>
    /// <param name="layout">How.</param>
    /// <param name="maxDoc">Documents of the segment.</param>
    /// <returns>The bytes; good until the next call.</returns>
    public ArraySegment<byte> LayOut(PostingLayout layout, int maxDoc)
    {
        _bytes.ResetWrittenCount();
        EncodedPostings.Write(
            layout, CollectionsMarshal.AsSpan(_documents), CollectionsMarshal.AsSpan(_impacts), maxDoc, _bytes);
        return MemoryMarshal.TryGetArray(_bytes.WrittenMemory, out var written) ? written : [];
    }
}
