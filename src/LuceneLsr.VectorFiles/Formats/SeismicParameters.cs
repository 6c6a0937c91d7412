using System.Text.Json;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>
/// The dials of a search in a sparse_vector field of OpenSearch 3.3 or later, its <c>method_parameters</c>. They trade
/// recall for speed in segments of at least <c>approximate_threshold</c> documents. Smaller segments are searched
/// exactly.
/// </summary>
/// <param name="K">The number of documents that each segment returns, at least 1.</param>
/// <param name="TopTerms">The number of strongest query terms whose postings are visited, at least 1.</param>
/// <param name="HeapFactor">
/// The recall, greater than 0: a cluster of documents is skipped if its bound times this factor is below the worst of
/// the best scores so far.
/// </param>
/// <remarks>
/// Bruch et al., "Efficient Inverted Indexes for Approximate Retrieval over Learned Sparse Representations" (SEISMIC),
/// SIGIR 2024, arXiv 2404.18812.
/// </remarks>
public sealed record SeismicParameters(int K = 10, int TopTerms = 10, float HeapFactor = 1)
{
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("method_parameters");
        json.WriteNumber("k", K);
        json.WriteNumber("top_n", TopTerms);
        json.WriteNumber("heap_factor", HeapFactor);
        json.WriteEndObject();
    }
}
