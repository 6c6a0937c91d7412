using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Postings;

namespace LuceneLsr.Search;

/// <summary>
/// Creates the <see cref="ImpactSearcher"/>s of a <see cref="SearcherManager"/>, and warms an <see cref="ImpactCache"/>
/// with their new segments before they are used. The budget must have room for all terms of the fields: see
/// <see cref="ImpactCache.Warm"/>.
/// </summary>
/// <param name="cache">The cache.</param>
/// <param name="fields">The fields that hold impacts.</param>
public class ImpactSearcherFactory(ImpactCache cache, params IEnumerable<string> fields) : SearcherFactory
{
    private readonly ImpactCache _cache = cache ?? throw new ArgumentNullException(nameof(cache));
    private readonly string[] _fields = [.. fields ?? throw new ArgumentNullException(nameof(fields))];

    /// <summary>Gets the scheduler of the searchers, or null to search on the calling thread.</summary>
    public TaskScheduler? Executor { get; init; }

    /// <summary>Caches the terms of the fields and creates a searcher.</summary>
    /// <exception cref="CorruptIndexException">The index is corrupt.</exception>
    public override IndexSearcher NewSearcher(IndexReader reader)
    {
        foreach (var field in _fields)
        {
            _cache.Warm(reader, field);
        }

        return new ImpactSearcher(reader, Executor);
    }
}
