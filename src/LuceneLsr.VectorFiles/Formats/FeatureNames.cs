using System.Text;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>
/// Escapes terms as feature names of Elasticsearch and OpenSearch. A dot becomes "%2E" and a percent sign "%25", on
/// both sides, so that dot products do not change. Elasticsearch rejects dots in rank_features fields (pull request
/// 93756) and, before 8.16, in sparse_vector fields (111981). rank_feature queries of both engines end the field name
/// at the last dot.
/// </summary>
internal static class FeatureNames
{
    private const int MaxBytes = 32_766; // of a term in Lucene

    /// <summary>Returns the entries of the vector of a record with escaped terms.</summary>
    /// <exception cref="InvalidDataException">A term is longer than Lucene allows.</exception>
    public static IEnumerable<TermWeight> Escape(VectorRecord record) => record.Vector.Entries.Select(entry =>
        Escape(entry.Term) is var name && Encoding.UTF8.GetByteCount(name) <= MaxBytes
            ? entry with { Term = name }
            : throw new InvalidDataException(
                $"'{record.Id}': the term '{name[..40]}...' is longer than {MaxBytes:N0} bytes. Remove it."));

    private static string Escape(string term) =>
        term.Replace("%", "%25", StringComparison.Ordinal).Replace(".", "%2E", StringComparison.Ordinal);
}
