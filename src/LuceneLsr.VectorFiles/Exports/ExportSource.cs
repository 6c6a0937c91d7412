using LuceneLsr.VectorFiles.Formats;
using LuceneLsr.VectorFiles.Parts;

namespace LuceneLsr.VectorFiles.Exports;

/// <summary>The vectors of a collection, as their encoder returned them.</summary>
/// <param name="Documents">The documents. They are enumerated up to five times.</param>
/// <param name="Queries">The queries, if there are any. They are enumerated up to five times.</param>
public sealed record ExportSource(IEnumerable<VectorRecord> Documents, IEnumerable<VectorRecord> Queries)
{
    /// <summary>Creates a source from files of <see cref="VectorFileEncoder"/> with weights.</summary>
    /// <param name="documents">The files of documents.</param>
    /// <param name="queries">The file of queries, or null if there is none.</param>
    /// <remarks>While enumerating, a duplicate id throws an InvalidDataException that names file and line.</remarks>
    public static ExportSource FromFiles(IReadOnlyList<string> documents, string? queries)
    {
        ArgumentNullException.ThrowIfNull(documents);
        return new(ReadUnique(documents), queries is null ? [] : ReadUnique([queries]));
    }

    private static IEnumerable<VectorRecord> ReadUnique(IReadOnlyList<string> paths)
    {
        var ids = new DistinctIds();
        foreach (var (number, path) in paths.Index())
        {
            foreach (var (line, record) in AnseriniVectors.ReadNumberedFile(path))
            {
                yield return ids.Add(record.Id, number) is { } other
                    ? throw line.CreateError(
                        $"duplicate id '{record.Id}', which {paths[other]} has. Ids must be unique.")
                    : record;
            }
        }
    }
}
