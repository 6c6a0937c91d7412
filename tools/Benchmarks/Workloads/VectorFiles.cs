using LuceneLsr.VectorFiles.Formats;

namespace LuceneLsr.Tools.Benchmarks.Workloads;

/// <summary>The vectors of an encoder, from files in Anserini's form, scaled to integers.</summary>
/// <param name="documents">The documents' file.</param>
/// <param name="queries">The queries' file.</param>
/// <param name="scale">Turns weights into impacts.</param>
internal sealed class VectorFiles(string documents, string queries, ImpactScale scale) : IWorkload
{
    public IEnumerable<SparseVector> Documents() => Read(documents);

    public IReadOnlyList<SparseVector> Queries() => [.. Read(queries)];

    private IEnumerable<SparseVector> Read(string path) =>
        AnseriniVectors.ReadFile(path).Select(record => scale.ToImpactVector(record.Vector));
}
