using LuceneLsr.VectorFiles.Formats;

namespace LuceneLsr.Tools.Benchmarks.Workloads;

/// <summary>Precomputed vectors of an encoder, from files in Anserini's format, scaled to impacts.</summary>
/// <param name="documents">The path of the document vectors.</param>
/// <param name="queries">The path of the query vectors.</param>
/// <param name="scale">Converts weights to impacts.</param>
internal sealed class VectorFileWorkload(string documents, string queries, ImpactScale scale) : IWorkload
{
    public IEnumerable<SparseVector> Documents() => Read(documents);

    public IReadOnlyList<SparseVector> Queries() => [.. Read(queries)];

    private IEnumerable<SparseVector> Read(string path) =>
        AnseriniVectors.ReadFile(path).Select(record => scale.ToImpactVector(record.Vector));
}
