using System.Runtime.InteropServices;
using Lucene.Net.Index;
using Lucene.Net.Util;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Storage;
using LuceneLsr.Storage.Files;
using LuceneLsr.Storage.Layouts;

namespace LuceneLsr.Postings;

/// <summary>
/// Caches postings in memory, in the layout that <see cref="Search.ImpactQuery"/> scores fastest. Works with any codec.
/// Postings are read on the first query for a term, or all at once by <see cref="Warm"/>.
/// </summary>
/// <remarks>
/// <para>Readers that share a segment share its cached postings, which are freed when the last of these readers is
/// disposed. The cache is safe for concurrent use.</para>
/// <para>A posting takes 3 bytes, or 4 if the term has an impact above 255 and 6 if it has one above 65,535. A term
/// also takes 4 bytes per document range. A term in more than 1/8 of a segment's documents takes one byte per document
/// instead, and a rare term little more than 2 bytes per posting.</para>
/// <para>A term that does not fit into the budget on its first query is read from the index by each query. Postings
/// that the <see cref="ImpactPostingsFormat"/> already maps in a fast layout are not copied.</para>
/// </remarks>
public sealed class ImpactCache
{
    private readonly PerSegmentCore<CachedSegment> _segments;
    private long _size;

    /// <summary>Creates an empty cache.</summary>
    /// <param name="budgetInBytes">Maximum number of bytes that the cached postings may take.</param>
    public ImpactCache(long budgetInBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(budgetInBytes);
        BudgetInBytes = budgetInBytes;
        _segments = new(() => new CachedSegment(bytes => Interlocked.Add(ref _size, -bytes)));
    }

    /// <summary>
    /// Gets or sets the cache of queries that name no cache. Null, the initial value, means that they read the index.
    /// Set it once, when the process starts.
    /// </summary>
    public static ImpactCache? Default { get; set; }

    /// <summary>Gets the maximum number of bytes that the cached postings may take.</summary>
    public long BudgetInBytes { get; }

    /// <summary>Gets the number of bytes that the cached postings take now.</summary>
    public long SizeInBytes => Interlocked.Read(ref _size);

    /// <summary>
    /// Caches the terms of a field, segment by segment and in index order. It stops at the first term that does not fit
    /// into the budget, so later segments are not warmed then. Call it for each new searcher: segments that are cached
    /// completely are skipped.
    /// </summary>
    /// <param name="reader">The index reader.</param>
    /// <param name="field">The field that holds the impacts.</param>
    /// <exception cref="CorruptIndexException">The index is corrupt.</exception>
    public void Warm(IndexReader reader, string field)
    {
        ArgumentNullException.ThrowIfNull(reader);
        foreach (var segment in reader.Leaves.Select(leaf => leaf.AtomicReader))
        {
            if (!CorruptPostings.Detect(() => TryWarm(segment, field)))
            {
                return;
            }
        }
    }

    // Returns false if the budget is used up.
    private bool TryWarm(AtomicReader segment, string field)
    {
        if (segment is not SegmentReader core || _segments.GetOrCreate(core) is not { } cached || cached.IsWarm(field))
        {
            return true;
        }

        TermDictionaryFile.Verify(core, field);
        var usesImpactFormat = ImpactPostingsFormat.IsUsedBy(segment, field);
        foreach (var terms in segment.GetTerms(field)?.Walk(segment.MaxDoc) ?? [])
        {
            if (usesImpactFormat && terms.OpenDocs() is ImpactDocsEnum { IsFast: true })
            {
                continue;
            }

            var term = new Term(field, BytesRef.DeepCopyOf(terms.Term));
            if (cached.Find(term) is null && !HasRoom(terms.DocFreq, segment.MaxDoc))
            {
                return false;
            }

            GetOrAdd(segment, term, terms);
        }

        cached.SetWarm(field);
        return true;
    }

    /// <summary>Gets a term's postings in a segment, or null if they are not cached.</summary>
    internal EncodedPostings? Find(AtomicReader reader, Term term) =>
        reader is SegmentReader segment ? _segments.GetOrCreate(segment).Find(term) : null;

    /// <summary>
    /// Gets a term's postings in a segment, reading them on the first call. Returns null if they must be read from the
    /// index each time.
    /// </summary>
    /// <param name="reader">
    /// The segment. Nothing is cached for a wrapped reader, because it may expose different postings.
    /// </param>
    /// <param name="term">The term.</param>
    /// <param name="terms">The segment's terms, positioned on the term; not moved.</param>
    internal EncodedPostings? GetOrAdd(AtomicReader reader, Term term, TermsEnum terms)
    {
        if (reader is not SegmentReader segment)
        {
            return null;
        }

        var cached = _segments.GetOrCreate(segment);
        return cached.GetOrAdd(term, () => Read(terms, segment.MaxDoc, cached));
    }

    private EncodedPostings? Read(TermsEnum term, int maxDoc, CachedSegment cached)
    {
        if (!HasRoom(term.DocFreq, maxDoc))
        {
            return null;
        }

        var buffer = new PostingBuffer();
        buffer.Load(term.OpenDocs());
        var layout = PostingLayouts.SelectFastest(buffer.Count, buffer.MaxImpact, maxDoc);
        var bytes = buffer.Encode(layout, maxDoc);
        if (Interlocked.Add(ref _size, bytes.Count) <= BudgetInBytes)
        {
            cached.Charge(bytes.Count);
            return new(layout, buffer.Count, buffer.MaxImpact, maxDoc, CopyPinned(bytes));
        }

        Interlocked.Add(ref _size, -bytes.Count);
        return null;
    }

    // Assumes impacts of one byte.
    private bool HasRoom(int count, int maxDoc)
    {
        var layout = PostingLayouts.SelectFastest(count, maxImpact: 1, maxDoc);
        return SizeInBytes + PostingLayouts.GetSize(layout, count, maxDoc) <= BudgetInBytes;
    }

    // An array that is pinned for its lifetime costs nothing to pin for each read.
    private static Memory<byte> CopyPinned(ReadOnlySpan<byte> bytes)
    {
        var pinned = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(pinned);
        return MemoryMarshal.CreateFromPinnedArray(pinned, 0, pinned.Length);
    }
}
