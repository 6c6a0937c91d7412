using System.Collections.Concurrent;
using Lucene.Net.Index;
using LuceneLsr.Storage.Layouts;

namespace LuceneLsr.Postings;

/// <summary>
/// The postings of one segment in an <see cref="ImpactCache"/>, kept until its last reader is disposed.
/// </summary>
/// <param name="release">Called with the number of bytes that are freed.</param>
internal sealed class CachedSegment(Action<long> release) : SegmentReader.ICoreDisposedListener
{
    private readonly ConcurrentDictionary<Term, Lazy<EncodedPostings?>> _terms = new();
    private readonly ConcurrentDictionary<string, bool> _warmFields = new(StringComparer.Ordinal);
    private readonly Lock _sizeLock = new();
    private long _size;
    private bool _isClosed;

    /// <summary>Returns whether all terms of a field were cached at once.</summary>
    public bool IsWarm(string field) => _warmFields.ContainsKey(field);

    /// <summary>Notes that all terms of a field are cached.</summary>
    public void SetWarm(string field) => _warmFields.TryAdd(field, true);

    /// <summary>Gets a term's postings, or null if they are not cached.</summary>
    public EncodedPostings? Find(Term term) => _terms.TryGetValue(term, out var lazy) ? GetValue(lazy, term) : null;

    /// <summary>
    /// Gets a term's postings, reading them on the first call. Returns null, then and later, if they are not cached.
    /// </summary>
    public EncodedPostings? GetOrAdd(Term term, Func<EncodedPostings?> read) =>
        GetValue(_terms.GetOrAdd(term, _ => new(read)), term);

    /// <summary>Adds to the number of bytes that the segment holds.</summary>
    public void Charge(long bytes)
    {
        lock (_sizeLock)
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
        lock (_sizeLock)
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

    // Removes postings that could not be read, because a Lazy would throw the same exception forever.
    private EncodedPostings? GetValue(Lazy<EncodedPostings?> lazy, Term term)
    {
        try
        {
            return lazy.Value;
        }
        catch
        {
            _terms.TryRemove(new(term, lazy));
            throw;
        }
    }
}
