using LuceneLsr.VectorFiles.Formats;

namespace LuceneLsr.VectorFiles.Exports;

/// <summary>
/// Writes what Anserini and Pyserini need: <c>corpus/documents.jsonl</c> with integer impacts and <c>topics.tsv</c>.
/// </summary>
/// <param name="scale">Quantizes weights to impacts on both sides.</param>
public sealed class AnseriniExport(ImpactScale scale) : IVectorExport
{
    /// <inheritdoc/>
    public ExportSummary Write(ExportSource source, string directory)
    {
        ArgumentNullException.ThrowIfNull(source);
        var corpus = Directory.CreateDirectory(Path.Combine(directory, "corpus")).FullName;
        var documents = ExportFiles.Write(
            Path.Combine(corpus, "documents.jsonl"), new AnseriniFormat(scale), source.Documents);
        var queries = source.Queries.Any()
            ? ExportFiles.Write(Path.Combine(directory, "topics.tsv"), new AnseriniTopicsFormat(scale), source.Queries)
            : 0;
        return new(documents, queries);
    }
}
