using LuceneLsr.VectorFiles.Formats;
using LuceneLsr.VectorFiles.Matrices;
using LuceneLsr.VectorFiles.Vocabularies;

namespace LuceneLsr.VectorFiles.Exports;

/// <summary>
/// Writes what benchmarks of sparse nearest neighbour search need: <c>documents.csr</c> and <c>queries.csr</c>
/// (<see cref="CsrMatrixFile"/>), the ids of their rows in <c>documents.ids</c> and <c>queries.ids</c>, one per line,
/// and their columns in <c>vocabulary.tsv</c> (<see cref="CorpusVocabulary"/>). Terms of queries that no document
/// contains are left out.
/// </summary>
public sealed class CsrExport : IVectorExport
{
    /// <summary>Gets the number of most frequent terms to keep, or null for all.</summary>
    public int? MaxTerms { get; init; }

    /// <inheritdoc/>
    public ExportSummary Write(ExportSource source, string directory)
    {
        ArgumentNullException.ThrowIfNull(source);
        var corpus = CorpusVocabulary.Create(source.Documents.Select(document => document.Vector));
        var kept = MaxTerms is { } count ? corpus.TakeTop(count) : corpus;
        kept.Save(Path.Combine(directory, "vocabulary.tsv"));
        var documents = Write(source.Documents, kept, Path.Combine(directory, "documents"));
        var queries = source.Queries.Any() ? Write(source.Queries, kept, Path.Combine(directory, "queries")) : 0;
        return new(documents, queries) { Vocabulary = VocabularySummary.Create(corpus, kept) };
    }

    private static long Write(IEnumerable<VectorRecord> records, CorpusVocabulary vocabulary, string path)
    {
        File.WriteAllLines(path + ".ids", records.Select(ReadId));
        return CsrMatrixFile.Write(path + ".csr", records.Select(record => record.Vector), vocabulary).Rows;
    }

    private static string ReadId(VectorRecord record) => record.Id.AsSpan().IndexOfAny("\r\n") < 0
        ? record.Id
        : throw new InvalidDataException($"Id '{record.Id}' contains a line break. Rename it.");
}
