using LuceneLsr.Evaluation.Collections;

namespace LuceneLsr.Evaluation.Sweeps;

/// <summary>Creates vectors and indexes of points on first use, and keeps them until it is disposed.</summary>
internal sealed class SweepTargets(BeirCollection collection, Func<string?, SweepVectors> load) : IDisposable
{
    private readonly Dictionary<string, SweepVectors> _vectors = new(StringComparer.Ordinal);
    private readonly Dictionary<SweepPoint, SweepIndex> _indexes = [];
    private readonly Dictionary<(SweepPoint Key, QueryEncoding Encoding), IReadOnlyList<SparseVector>> _queries = [];

    /// <summary>Opens what is needed to search a point.</summary>
    public SweepTarget Open(SweepPoint point)
    {
        var key = SweepIndex.GetKey(point);
        var vectors = GetOrAdd(_vectors, point.ModelPrecision ?? "", () => load(point.ModelPrecision));
        var index = GetOrAdd(_indexes, key, () => new SweepIndex(collection.Corpus, vectors, point));
        var queries = GetOrAdd(
            _queries, (key, point.QueryEncoding), () => vectors.EncodeQueries(point.QueryEncoding, index.Reader));
        return new(collection.Queries, index, queries, new SweepSearch(index, point, vectors.Scales.Query));
    }

    public void Dispose()
    {
        foreach (var index in _indexes.Values)
        {
            index.Dispose();
        }
    }

    private static TValue GetOrAdd<TKey, TValue>(Dictionary<TKey, TValue> items, TKey key, Func<TValue> create)
        where TKey : notnull
    {
        if (!items.TryGetValue(key, out var value))
        {
            items.Add(key, value = create());
        }

        return value;
    }
}
