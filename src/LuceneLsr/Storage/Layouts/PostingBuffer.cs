using System.Buffers;
using System.Runtime.InteropServices;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace LuceneLsr.Storage.Layouts;

/// <summary>Collects one term's postings and encodes them. Reusable for the next term.</summary>
internal sealed class PostingBuffer
{
    private readonly List<int> _documents = [];
    private readonly List<int> _impacts = [];
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Gets the number of postings.</summary>
    public int Count => _documents.Count;

    /// <summary>Gets the document of the first posting.</summary>
    public int FirstDocument => _documents[0];

    /// <summary>Gets the largest impact, or 0 if there is no posting.</summary>
    public int MaxImpact { get; private set; }

    /// <summary>Removes all postings.</summary>
    public void Clear()
    {
        _documents.Clear();
        _impacts.Clear();
        MaxImpact = 0;
    }

    /// <summary>Adds a posting whose document is above the previous one.</summary>
    public void Add(int document, int impact)
    {
        _documents.Add(document);
        _impacts.Add(impact);
        MaxImpact = Math.Max(MaxImpact, impact);
    }

    /// <summary>Replaces the postings with all remaining ones of an enumerator.</summary>
    public void Load(DocsEnum docs)
    {
        Clear();
        while (docs.NextDoc() != DocIdSetIterator.NO_MORE_DOCS)
        {
            Add(docs.DocID, docs.Freq);
        }
    }

    /// <summary>Encodes the postings.</summary>
    /// <param name="layout">A layout whose impacts are wide enough.</param>
    /// <param name="maxDoc">Number of documents in the segment.</param>
    /// <returns>The bytes, valid until the next call.</returns>
    public ArraySegment<byte> Encode(PostingLayout layout, int maxDoc)
    {
        _bytes.ResetWrittenCount();
        PostingLayouts.Write(
            layout, CollectionsMarshal.AsSpan(_documents), CollectionsMarshal.AsSpan(_impacts), maxDoc, _bytes);
        return MemoryMarshal.TryGetArray(_bytes.WrittenMemory, out var written) ? written : [];
    }
}
