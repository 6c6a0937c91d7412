using System.Runtime.InteropServices;
using Lucene.Net.Index;
using Lucene.Net.Util;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Storage;
using LuceneLsr.Storage.Layouts;

namespace LuceneLsr.Postings;

/// <summary>
/// Postings in memory in the layout that queries are fastest on, read from any codec, a term at a time on its first
/// use or all at once by <see cref="Warm"/>. What readers share is held once, until the last of them is disposed.
/// Safe for any number of threads.
/// </summary>
/// <remarks>
/// A posting takes three bytes (four of a term with impacts above 255, six above 65,535), a term four more for each
/// window of documents; a term in more than an eighth of a segment's documents takes a byte a document, a rare one
/// hardly more than two bytes a posting.
/// What the budget has no room for when it is first asked for is read from the index at each query. Postings that the
/// <see cref="ImpactPostingsFormat"/> has in that layout in a folder are mapped there, and not copied.
/// </remarks>
public sealed class ImpactCache
{
    private readonly PerSegmentCore<CachedSegment> _cores;
    private long _size;

    /// <summary>Creates an empty cache.</summary>
    /// <param name="budgetInBytes">The most that the arrays may take.</param>
    public ImpactCache(long budgetInBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(budgetInBytes);
        BudgetInBytes = budgetInBytes;
        _cores = new(() => new CachedSegment(bytes => Interlocked.Add(ref _size, -bytes)));
    }

    /// <summary>The most that the arrays may take.</summary>
    public long BudgetInBytes { get; }

    /// <summary>What the arrays take now.</summary>
    public long SizeInBytes => Interlocked.Read(ref _size);

    /// <summary>Reads a field's terms, in their order, as long as the budget lasts: for a searcher's warmer.</summary>
    /// <param name="reader">The reader of an index.</param>
    /// <param name="field">The field that holds the impacts.</param>
    public void Warm(IndexReader reader, string field)
    {
        ArgumentNullException.ThrowIfNull(reader);
        foreach (var segment in reader.Leaves.Select(leaf => leaf.AtomicReader))
        {
            var isLaidOut = ImpactPostingsFormat.IsUsedBy(segment, field);
            var terms = segment.GetTerms(field)?.GetEnumerator();
            while (terms is not null && terms.MoveNext())
            {
                if (isLaidOut && SegmentPostings.Docs(terms) is ImpactDocsEnum { IsFast: true })
                {
                    continue;
                }

                if (!HasRoom(terms.DocFreq, segment.MaxDoc))
                {
                    return;
                }

                Add(segment, new Term(field, BytesRef.DeepCopyOf(terms.Term)), terms);
            }
        }
    }

    /// <summary>A term's postings in a segment, or null where the cache does not hold them.</summary>
    internal EncodedPostings? Find(AtomicReader reader, Term term) =>
        reader is SegmentReader segment ? _cores.Of(segment).Find(term) : null;

    /// <summary>Reads a term's postings in a segment; null where they are to be read from the index each time.</summary>
    /// <param name="reader">The segment; of another reader, which may show other postings, nothing is kept.</param>
    /// <param name="term">The term.</param>
    /// <param name="found">The segment's terms, at this one, and left there.</param>
    internal EncodedPostings? Add(AtomicReader reader, Term term, TermsEnum found)
    {
        if (reader is not SegmentReader segment)
        {
            return null;
        }

        var cached = _cores.Of(segment);
        return cached.Add(term, () => Read(found, segment.MaxDoc, cached));
    }

    private EncodedPostings? Read(TermsEnum found, int maxDoc, CachedSegment cached)
    {
        if (!HasRoom(found.DocFreq, maxDoc))
        {
            return null;
        }

        var buffer = new PostingBuffer();
        buffer.Read(SegmentPostings.Docs(found));
        var layout = EncodedPostings.Fastest(buffer.Count, buffer.MaxImpact, maxDoc);
        var bytes = buffer.LayOut(layout, maxDoc);
        if (Interlocked.Add(ref _size, bytes.Count) <= BudgetInBytes)
        {
            cached.Charge(bytes.Count);
            return new(layout, buffer.Count, buffer.MaxImpact, maxDoc, Pinned(bytes));
        }

        Interlocked.Add(ref _size, -bytes.Count);
        return null;
    }

    // For so many postings of impacts that take a byte each.
    private bool HasRoom(int count, int maxDoc) =>
        SizeInBytes + EncodedPostings.Size(EncodedPostings.Fastest(count, maxImpact: 1, maxDoc), count, maxDoc)
        <= BudgetInBytes;

    // What is pinned once for all costs nothing to pin at each reading.
    private static Memory<byte> Pinned(ReadOnlySpan<byte> bytes)
    {
        var pinned = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(pinned);
        return MemoryMarshal.CreateFromPinnedArray(pinned, 0, pinned.Length);
    }
}
