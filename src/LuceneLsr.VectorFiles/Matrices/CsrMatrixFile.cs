using System.Text;
using LuceneLsr.Files;
using LuceneLsr.VectorFiles.Vocabularies;

namespace LuceneLsr.VectorFiles.Matrices;

/// <summary>
/// Writes vectors as a sparse matrix of one row per text and one column per term, in compressed sparse rows, as
/// benchmarks of approximate nearest neighbour search read it (<c>read_sparse_matrix</c> of big-ann-benchmarks, the
/// sparse track at NeurIPS 2023). The file is little-endian:
/// <code>
/// int64    rows, columns, n     n is the number of all entries
/// int64    [rows + 1]           row r has the entries from [r] up to, but not including, [r + 1]
/// int32    [n]                  the columns of the entries, ascending within a row
/// float32  [n]                  their weights
/// </code>
/// </summary>
public static class CsrMatrixFile
{
    /// <summary>Writes a matrix. It enumerates the rows three times.</summary>
    /// <param name="path">The file. It appears when it is complete.</param>
    /// <param name="rows">The vectors.</param>
    /// <param name="vocabulary">The columns. Terms that are not in it are left out.</param>
    /// <returns>The numbers of rows and entries.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static (long Rows, long Entries) Write(
        string path, IEnumerable<SparseVector> rows, CorpusVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(vocabulary);
        var lengths = rows.Select(row => GetEntries(row, vocabulary).Count()).ToList();
        var entries = lengths.Sum(length => (long)length);
        AtomicFile.Write(path, file =>
        {
            using var writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true);
            writer.Write((long)lengths.Count);
            writer.Write((long)vocabulary.Terms.Count);
            writer.Write(entries);
            var end = 0L;
            writer.Write(end);
            lengths.ForEach(length => writer.Write(end += length));
            foreach (var (column, _) in rows.SelectMany(row => GetEntries(row, vocabulary)))
            {
                writer.Write(column);
            }

            foreach (var (_, weight) in rows.SelectMany(row => GetEntries(row, vocabulary)))
            {
                writer.Write(weight);
            }
        });
        return (lengths.Count, entries);
    }

    private static IEnumerable<(int Column, float Weight)> GetEntries(SparseVector row, CorpusVocabulary vocabulary) =>
        row.Entries.Select(entry => (Column: vocabulary.FindId(entry.Term) ?? -1, entry.Weight))
            .Where(entry => entry.Column >= 0)
            .OrderBy(entry => entry.Column);
}
