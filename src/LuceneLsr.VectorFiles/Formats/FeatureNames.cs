namespace LuceneLsr.VectorFiles.Formats;

/// <summary>
/// Terms as names of features in Elasticsearch and OpenSearch. A dot becomes "%2E" and a percent sign "%25", on both
/// sides alike, so that the dot product stays the same: Elasticsearch refuses a dot in a rank_features field (pull
/// request 93756) and refused one in a sparse_vector field until 8.16 (111981), and rank_feature queries of both
/// engines take the last dot for the end of the field's name.
/// </summary>
internal static class FeatureNames
{
    /// <summary>The vector's entries under the names of their features.</summary>
    public static IEnumerable<TermWeight> Of(SparseVector vector) =>
        vector.Entries.Select(entry => entry with { Term = Escape(entry.Term) });

    private static string Escape(string term) =>
        term.Replace("%", "%25", StringComparison.Ordinal).Replace(".", "%2E", StringComparison.Ordinal);
}
