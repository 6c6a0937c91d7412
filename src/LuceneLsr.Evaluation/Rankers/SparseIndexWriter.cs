using Lucene.Net.Analysis.Standard;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Indexing;
using LuceneLsr.Similarities;
using LuceneDirectory = Lucene.Net.Store.Directory;

namespace LuceneLsr.Evaluation.Rankers;

/// <summary>Writes a <see cref="SparseIndex"/>.</summary>
internal static class SparseIndexWriter
{
    private const LuceneVersion Version = LuceneVersion.LUCENE_48;

    /// <summary>Replaces the contents of a directory in one commit, or rolls back.</summary>
    public static void Write(
        LuceneDirectory directory, IEnumerable<(BeirDocument Document, SparseVector Vector)> documents,
        ISparseEncoder encoder, ImpactScale scale, bool storesTexts)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(scale);
        using var analyzer = new StandardAnalyzer(Version);
        using var writer = new IndexWriter(directory, new IndexWriterConfig(Version, analyzer)
        {
            OpenMode = OpenMode.CREATE,
            Similarity = new ImpactSimilarity(),
            MergePolicy = new LogDocMergePolicy(), // keeps the order of documents
            MergeScheduler = new SerialMergeScheduler(), // on another thread, a failed merge would fail the rollback
        });
        try
        {
            AddDocuments(writer, documents, scale, storesTexts);
            writer.ForceMerge(1);
            LsrIndexStamp.Write(writer, SparseIndex.ContentsField, encoder, scale);
            writer.Commit();
        }
        catch
        {
            writer.Rollback();
            throw;
        }
    }

    private static void AddDocuments(
        IndexWriter writer, IEnumerable<(BeirDocument Document, SparseVector Vector)> documents, ImpactScale scale,
        bool storesTexts)
    {
        using var bulk = new ImpactBulkWriter(writer, SparseIndex.ContentsField, scale);
        foreach (var (document, vector) in documents)
        {
            bulk.Add(ToLucene(document, storesTexts), vector);
        }

        bulk.Flush();
    }

    private static Document ToLucene(BeirDocument document, bool storesTexts)
    {
        var id = new StringField(SparseIndex.IdField, document.Id, Field.Store.YES);
        return storesTexts
            ? [
                id, new TextField(SparseIndex.TitleField, document.Title, Field.Store.YES),
                new StoredField(SparseIndex.TextField, document.Text),
            ]
            : [id];
    }
}
