using System.Collections.Concurrent;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace LuceneLsr.Postings;

/// <summary>
/// Postings in memory in the layout that queries are fastest on, read from any codec, a term at a time on its first
/// use or all at once by <see cref="Warm"/>. What readers share is held once, until the last of them is disposed.
/// Safe for any number of threads.
/// </summary>
/// <remarks>
/// A posting takes three bytes, a term four more for each window of documents; a term in more than an eighth of a segment's documents takes a byte a document.
/// What the budget has no room for when it is first asked for is read from the index at each query.
/// </remarks>
/// <param name="budgetInBytes">The most that the arrays may take.</param>
public sealed class ImpactCache(long budgetInBytes) : SegmentReader.ICoreDisposedListener
{
    private readonly ConcurrentDictionary<object, ConcurrentDictionary<Term, Lazy<CachedPostings?>>> _cores = new();
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
        foreach (var segment in reader.Leaves.Select(leaf => leaf.AtomicReader))
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
    internal CachedPostings? Find(AtomicReader reader, Term term) =>
        reader is SegmentReader segment && TermsOf(segment) is var terms && terms.TryGetValue(term, out var known)
            ? ValueOf(known, term, terms)
            : null;

    /// <summary>Reads a term's postings in a segment; null where they are to be read from the index each time.</summary>
    /// <param name="reader">The segment; of another reader, which may show other postings, nothing is kept.</param>
    /// <param name="term">The term.</param>
    /// <param name="found">The segment's terms, at this one, and left there.</param>
    internal CachedPostings? Add(AtomicReader reader, Term term, TermsEnum found) =>
        reader is SegmentReader segment && TermsOf(segment) is var terms
            ? ValueOf(terms.GetOrAdd(term, _ => new(() => Read(found, segment.MaxDoc))), term, terms)
            : null;

    // A Lazy would throw for ever what its first reading threw.
    private static CachedPostings? ValueOf(
        Lazy<CachedPostings?> postings, Term term, ConcurrentDictionary<Term, Lazy<CachedPostings?>> terms)
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

    private static long SizeOf(Lazy<CachedPostings?> postings) =>
        postings.IsValueCreated ? postings.Value?.SizeInBytes ?? 0 : 0;

    private ConcurrentDictionary<Term, Lazy<CachedPostings?>> TermsOf(SegmentReader segment)
    {
        var core = segment.CoreCacheKey;
        if (_cores.TryGetValue(core, out var terms))
        {
            return terms;
        }

        segment.AddCoreDisposedListener(this); // first, for it refuses a closed reader
        return _cores.GetOrAdd(core, _ => new());
    }

    private CachedPostings? Read(TermsEnum found, int maxDoc)
    {
        if (!HasRoom(CachedPostings.UsualSize(found.DocFreq, maxDoc)))
        {
            return null;
        }

        var postings = CachedPostings.Read(TermPostings.Docs(found), found.DocFreq, maxDoc);
        if (Interlocked.Add(ref _size, postings.SizeInBytes) <= budgetInBytes)
        {
            return postings;
        }

        Interlocked.Add(ref _size, -postings.SizeInBytes);
        return null;
    }

    private bool HasRoom(long bytes) => SizeInBytes + bytes <= budgetInBytes;
}
