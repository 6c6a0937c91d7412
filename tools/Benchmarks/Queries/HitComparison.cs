using Lucene.Net.Search;

namespace LuceneLsr.Tools.Benchmarks.Queries;

/// <summary>Compares the hits of engines.</summary>
internal static class HitComparison
{
    /// <summary>Checks that all engines return the hits of the first one.</summary>
    /// <exception cref="InvalidDataException">The hits of two engines differ.</exception>
    public static void RequireSameHits(
        IReadOnlyList<Engine> engines, IReadOnlyList<SparseVector> queries, int depth, CancellationToken cancellation)
    {
        foreach (var (number, query) in queries.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            var expected = engines[0].Search(query, depth);
            foreach (var engine in engines.Skip(1))
            {
                var found = engine.Search(query, depth);
                if (found.TotalHits != expected.TotalHits || !GetHits(found).SequenceEqual(GetHits(expected)))
                {
                    throw new InvalidDataException(
                        $"Query {number}: the top {depth} hits of {engine.Name} and {engines[0].Name} differ.");
                }
            }
        }
    }

    private static IEnumerable<(int, float)> GetHits(TopDocs found) =>
        found.ScoreDocs.Select(hit => (hit.Doc, hit.Score));
}
