using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Postings;

namespace LuceneLsr.Search;

/// <summary>
/// Creates the <see cref="ImpactSearcher"/>s of a <see cref="SearcherManager"/>, and warms an <see cref="ImpactCache"/>
/// with their new segments before they are used.
/// </summary>
/// <param name="cache">The cache, or null for none.</param>
/// <param name="fields">The fields that hold impacts.</param>
public class ImpactSearcherFactory(ImpactCache? cache, params IEnumerable<string> fields) : SearcherFactory
{
    private readonly string[] _fields = [.. fields];

    /// <inheritdoc/>
    public override IndexSearcher NewSearcher(IndexReader reader)
    {
        foreach (var field in _fields)
        {
            cache?.Warm(reader, field);
        }

        return new ImpactSearcher(reader);
    }
}
