namespace LuceneLsr.VectorFiles.Formats;

/// <summary>
/// Escapes terms as feature names of Elasticsearch and OpenSearch. A dot becomes "%2E" and a percent sign "%25", on
/// both sides, so that dot products do not change. Elasticsearch rejects dots in rank_features fields (pull request
/// 93756) and, before 8.16, in sparse_vector fields (111981). rank_feature queries of both engines end the field name
/// at the last dot.
/// </summary>
internal static class FeatureNames
{
    /// <summary>Returns the entries of a vector with escaped terms.</summary>
    public static IEnumerable<TermWeight> Escape(SparseVector vector) =>
        vector.Entries.Select(entry => entry with { Term = Escape(entry.Term) });

    private static string Escape(string term) =>
        term.Replace("%", "%25", StringComparison.Ordinal).Replace(".", "%2E", StringComparison.Ordinal);
}
