using Lucene.Net.Index;

namespace LuceneLsr.Postings;

/// <summary>
/// Warms an <see cref="ImpactCache"/> with each merged segment before it replaces the segments that were merged. Set it
/// as <see cref="LiveIndexWriterConfig.MergedSegmentWarmer"/> where near-real-time readers are used. For a short time
/// the budget must have room for both.
/// </summary>
/// <param name="cache">The cache.</param>
/// <param name="fields">The fields that hold impacts.</param>
public sealed class ImpactCacheWarmer(ImpactCache cache, params IEnumerable<string> fields)
    : IndexWriter.IndexReaderWarmer
{
    private readonly ImpactCache _cache = cache ?? throw new ArgumentNullException(nameof(cache));
    private readonly string[] _fields = [.. fields ?? throw new ArgumentNullException(nameof(fields))];

    /// <summary>Caches the terms of the fields. An exception makes the merge fail.</summary>
    /// <exception cref="CorruptIndexException">The index is corrupt.</exception>
    public override void Warm(AtomicReader reader)
    {
        foreach (var field in _fields)
        {
            _cache.Warm(reader, field);
        }
    }
}
