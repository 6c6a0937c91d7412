using LuceneLsr.Files;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>
/// Reads pretokenized topics of Anserini and Pyserini, such as <c>topics.*.splade-v3.tsv.gz</c>: an id, a tab, and each
/// term repeated as often as its impact, separated by spaces. <see cref="AnseriniTopicsFormat"/> writes them.
/// </summary>
public static class AnseriniTopics
{
    /// <summary>Streams the topics of a file as records without contents.</summary>
    /// <param name="path">
    /// The file. A name that ends in .gz means gzip. If only <paramref name="path"/> + ".gz" exists, that file is read
    /// instead.
    /// </param>
    /// <exception cref="FileNotFoundException">Neither file exists.</exception>
    /// <exception cref="InvalidDataException">
    /// While enumerating: a line is not a topic. The message names the file and the line.
    /// </exception>
    public static IEnumerable<VectorRecord> ReadFile(string path) => ReadNumberedFile(path).Select(line => line.Record);

    /// <summary>Returns whether a name ends in .tsv or .tsv.gz, as those of topic files do.</summary>
    internal static bool HasExtension(string path) =>
        (GzipFile.HasExtension(path) ? path[..^GzipFile.Extension.Length] : path)
            .EndsWith(".tsv", StringComparison.OrdinalIgnoreCase);

    /// <summary>Streams the topics of a file with their lines.</summary>
    internal static IEnumerable<(TextLine Line, VectorRecord Record)> ReadNumberedFile(string path) =>
        TextLines.Read(path).Select(line => (line, Parse(line)));

    private static VectorRecord Parse(TextLine line) =>
        line.Text.Split('\t') is [var id, var terms] && id.Length > 0 && !id.Any(char.IsWhiteSpace)
            ? new VectorRecord(id, "", CountTerms(terms))
            : throw line.CreateError(
                "expected a query id, a tab, and terms separated by spaces, each repeated as often as its impact.");

    private static SparseVector CountTerms(string terms) => new(
        terms.Split(' ', StringSplitOptions.RemoveEmptyEntries).CountBy(term => term, StringComparer.Ordinal)
            .Select(count => new TermWeight(count.Key, count.Value)));
}
