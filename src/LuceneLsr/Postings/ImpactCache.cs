using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Lucene.Net.Index;
using Lucene.Net.Util;
using LuceneLsr.Codecs;

namespace LuceneLsr.Postings;

/// <summary>
/// Postings in memory in the layout that queries are fastest on, read from any codec, a term at a time on its first
/// use or all at once by <see cref="Warm"/>. What readers share is held once, until the last of them is disposed.
/// Safe for any number of threads.
/// </summary>
/// <remarks>
/// A posting takes three bytes, a term four more for each window of documents; a term in more than an eighth of a
/// segment's documents takes a byte a document, a rare one hardly more than two bytes a posting.
/// What the budget has no room for when it is first asked for is read from the index at each query. Segments written by
/// the <see cref="ImpactPostingsFormat"/> have that layout on disk, and are left there.
/// </remarks>
/// <param name="budgetInBytes">The most that the arrays may take.</param>
public sealed class ImpactCache(long budgetInBytes) : SegmentReader.ICoreDisposedListener
{
    private readonly ConcurrentDictionary<object, ConcurrentDictionary<Term, Lazy<LaidOutPostings?>>> _cores = new();
    private long _size;

    /// <summary>The most that the arrays may take.</summary>
    public long BudgetInBytes => budgetInBytes;

    /// <summary>What the arrays take now.</summary>
    public long SizeInBytes => Interlocked.Read(ref _size);

    /// <summary>Reads a field's terms, in their order, as long as the budget lasts: for a searcher's warmer.</summary>
    /// <param name="reader">The reader of an index.</param>
    /// <param name="field">The field that holds the impacts.</param>
    public void Warm(IndexReader reader, string field)
    {
        ArgumentNullException.ThrowIfNull(reader);
        foreach (var segment in reader.Leaves.Select(leaf => leaf.AtomicReader)
            .Where(segment => !ImpactPostingsFormat.IsOf(segment, field)))
        {
            var terms = segment.GetTerms(field)?.GetEnumerator();
            while (terms is not null && terms.MoveNext())
            {
                Add(segment, new Term(field, BytesRef.DeepCopyOf(terms.Term)), terms);
            }
        }
    }

    void SegmentReader.ICoreDisposedListener.OnDispose(object ownerCoreCacheKey)
    {
        if (_cores.TryRemove(ownerCoreCacheKey, out var terms))
        {
            Interlocked.Add(ref _size, -terms.Values.Sum(SizeOf));
        }
    }

    /// <summary>A term's postings in a segment, or null where the cache does not hold them.</summary>
    internal LaidOutPostings? Find(AtomicReader reader, Term term) =>
        reader is SegmentReader segment && TermsOf(segment) is var terms && terms.TryGetValue(term, out var known)
            ? ValueOf(known, term, terms)
            : null;

    /// <summary>Reads a term's postings in a segment; null where they are to be read from the index each time.</summary>
    /// <param name="reader">The segment; of another reader, which may show other postings, nothing is kept.</param>
    /// <param name="term">The term.</param>
    /// <param name="found">The segment's terms, at this one, and left there.</param>
    internal LaidOutPostings? Add(AtomicReader reader, Term term, TermsEnum found) =>
        reader is SegmentReader segment && TermsOf(segment) is var terms
            ? ValueOf(terms.GetOrAdd(term, _ => new(() => Read(found, segment.MaxDoc))), term, terms)
            : null;

    // A Lazy would throw for ever what its first reading threw.
    private static LaidOutPostings? ValueOf(
        Lazy<LaidOutPostings?> postings, Term term, ConcurrentDictionary<Term, Lazy<LaidOutPostings?>> terms)
    {
        try
        {
            return postings.Value;
        }
        catch
        {
            terms.TryRemove(new(term, postings));
            throw;
        }
    }

    private static long SizeOf(Lazy<LaidOutPostings?> postings) =>
        postings.IsValueCreated ? postings.Value?.Bytes.Length ?? 0 : 0;

    private ConcurrentDictionary<Term, Lazy<LaidOutPostings?>> TermsOf(SegmentReader segment)
    {
        var core = segment.CoreCacheKey;
        if (_cores.TryGetValue(core, out var terms))
        {
            return terms;
        }

        segment.AddCoreDisposedListener(this); // first, for it refuses a closed reader
        return _cores.GetOrAdd(core, _ => new());
    }

    private LaidOutPostings? Read(TermsEnum found, int maxDoc)
    {
        var usual = LaidOutPostings.Fastest(found.DocFreq, largestImpact: 1, maxDoc);
        if (SizeInBytes + LaidOutPostings.Size(usual, found.DocFreq, maxDoc) > budgetInBytes)
        {
            return null;
        }

        var buffer = new PostingBuffer();
        buffer.Read(SegmentPostings.Docs(found));
        var layout = LaidOutPostings.Fastest(buffer.Count, buffer.LargestImpact, maxDoc);
        var bytes = buffer.LayOut(layout, maxDoc);
        if (Interlocked.Add(ref _size, bytes.Count) <= budgetInBytes)
        {
            return new(layout, buffer.Count, buffer.LargestImpact, maxDoc, Pinned(bytes));
        }

        Interlocked.Add(ref _size, -bytes.Count);
        return null;
    }

    // What is pinned once for all costs nothing to pin at each reading.
    private static Memory<byte> Pinned(ReadOnlySpan<byte> bytes)
    {
        var pinned = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(pinned);
        return MemoryMarshal.CreateFromPinnedArray(pinned, 0, pinned.Length);
    }
}
