using System.Collections.Concurrent;
using Lucene.Net.Index;
using LuceneLsr.Storage.Layouts;

namespace LuceneLsr.Postings;

/// <summary>What an <see cref="ImpactCache"/> holds of a segment, until the last reader of it is disposed.</summary>
/// <param name="release">Told the bytes that go with the segment.</param>
internal sealed class CachedSegment(Action<long> release) : SegmentReader.ICoreDisposedListener
{
    private readonly ConcurrentDictionary<Term, Lazy<EncodedPostings?>> _terms = new();
    private readonly Lock _accounts = new();
    private long _size;
    private bool _isClosed;

    /// <summary>A term's postings, or null where they are not held.</summary>
    public EncodedPostings? Find(Term term) => _terms.TryGetValue(term, out var known) ? ValueOf(known, term) : null;

    /// <summary>A term's postings, read on the first call; null where they are not to be held.</summary>
    public EncodedPostings? Add(Term term, Func<EncodedPostings?> read) =>
        ValueOf(_terms.GetOrAdd(term, _ => new(read)), term);

    /// <summary>Counts bytes that are held from now on.</summary>
    public void Charge(long bytes)
    {
        lock (_accounts)
        {
            _size += bytes;
            if (_isClosed)
            {
                Release();
            }
        }
    }

    void SegmentReader.ICoreDisposedListener.OnDispose(object ownerCoreCacheKey)
    {
        lock (_accounts)
        {
            _isClosed = true;
            Release();
        }

        _terms.Clear();
    }

    private void Release()
    {
        release(_size);
        _size = 0;
    }

    // A Lazy would throw for ever what its first reading threw.
    private EncodedPostings? ValueOf(Lazy<EncodedPostings?> postings, Term term)
    {
        try
        {
            return postings.Value;
        }
        catch
        {
            _terms.TryRemove(new(term, postings));
            throw;
        }
    }
}
