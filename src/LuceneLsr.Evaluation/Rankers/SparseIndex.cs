using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using LuceneLsr.Edits;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Indexing;
using LuceneLsr.Search;
using LuceneDirectory = Lucene.Net.Store.Directory;

namespace LuceneLsr.Evaluation.Rankers;

/// <summary>
/// A collection in a standard Lucene index: ids, optionally titles and texts, one field of impacts, and the stamp of
/// the encoder (<see cref="LsrIndexStamp"/>). Safe to search from several threads.
/// </summary>
public sealed class SparseIndex : IDisposable
{
    /// <summary>The field of the id, stored and indexed as one term.</summary>
    public const string IdField = "id";

    /// <summary>The field of the title, stored and indexed as text.</summary>
    public const string TitleField = "title";

    /// <summary>The field of the text, stored.</summary>
    public const string TextField = "text";

    /// <summary>The field of the impacts.</summary>
    public const string ContentsField = "contents";

    private readonly DirectoryReader _reader;
    private readonly RAMDirectory? _memory;
    private readonly IdSearcher _ids;

    private SparseIndex(LuceneDirectory directory, RAMDirectory? memory = null)
    {
        _reader = DirectoryReader.Open(directory);
        _memory = memory;
        Searcher = new ImpactSearcher(_reader);
        _ids = new IdSearcher(Searcher, IdField);
    }

    /// <summary>Gets the searcher, which scores impacts by their dot product.</summary>
    public IndexSearcher Searcher { get; }

    /// <summary>Gets the mean number of terms per document.</summary>
    public double TermsPerDocument => MultiFields.GetTerms(_reader, ContentsField) is { SumDocFreq: > 0 } terms
        ? (double)terms.SumDocFreq / _reader.NumDocs
        : 0;

    /// <summary>Gets the number of documents without a term; no query finds them.</summary>
    public int DocumentsWithoutTerms =>
        _reader.NumDocs - (MultiFields.GetTerms(_reader, ContentsField)?.DocCount ?? 0);

    /// <summary>Gets the size of the index's files.</summary>
    public long SizeInBytes => _reader.Directory.ListAll().Sum(_reader.Directory.FileLength);

    /// <summary>
    /// Says why a rule has no effect on an index of this kind, and what to do, or returns null if it is for its field.
    /// </summary>
    public static string? FindFieldProblem(RelevanceRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return rule.AppliesTo(ContentsField)
            ? null
            : $"Rule '{rule.Id}' has no effect on this index: it is for the field '{rule.Field}', but the learned "
                + $"field here is '{ContentsField}'. Correct the rule's field, or leave it out to mean all fields.";
    }

    /// <summary>Opens an index. The directory must stay open.</summary>
    public static SparseIndex Open(LuceneDirectory directory) => new(directory);

    /// <summary>
    /// Replaces the contents of a directory with an index of documents and opens it. The index becomes visible in one
    /// commit at the end; on failure the directory keeps its earlier index.
    /// </summary>
    /// <param name="directory">The directory, which must stay open.</param>
    /// <param name="documents">The documents and their vectors.</param>
    /// <param name="encoder">The encoder of the vectors.</param>
    /// <param name="scale">The scale that turns weights into impacts.</param>
    /// <param name="storesTexts">Whether to store titles and texts next to the ids.</param>
    public static SparseIndex Create(
        LuceneDirectory directory, IEnumerable<(BeirDocument Document, SparseVector Vector)> documents,
        ISparseEncoder encoder, ImpactScale scale, bool storesTexts = true)
    {
        SparseIndexWriter.Write(directory, documents, encoder, scale, storesTexts);
        return Open(directory);
    }

    /// <summary>Indexes documents in memory, which is released with the index.</summary>
    /// <param name="documents">The documents and their vectors.</param>
    /// <param name="encoder">The encoder of the vectors.</param>
    /// <param name="scale">The scale that turns weights into impacts.</param>
    /// <param name="storesTexts">Whether to store titles and texts next to the ids.</param>
    public static SparseIndex CreateInMemory(
        IEnumerable<(BeirDocument Document, SparseVector Vector)> documents, ISparseEncoder encoder, ImpactScale scale,
        bool storesTexts = false)
    {
        var memory = new RAMDirectory();
        SparseIndexWriter.Write(memory, documents, encoder, scale, storesTexts);
        return new(memory, memory);
    }

    /// <summary>Verifies that an encoder's queries match the index and returns the stamp of the index.</summary>
    /// <param name="encoder">The encoder of the queries.</param>
    /// <param name="allowOtherEncoder">Whether it may be another encoder with the same vocabulary.</param>
    /// <exception cref="InvalidOperationException">
    /// The index has vectors of a different term space, or of another encoder.
    /// </exception>
    public LsrIndexStamp Verify(ISparseEncoder encoder, bool allowOtherEncoder = false) =>
        LsrIndexStamp.Verify(_reader, ContentsField, encoder, allowOtherEncoder);

    /// <summary>Finds Lucene's number of a document, valid for this index object.</summary>
    /// <param name="id">The id of the document.</param>
    /// <exception cref="KeyNotFoundException">The index has no such document.</exception>
    public int FindDocument(string id) =>
        Searcher.Search(new TermQuery(new Term(IdField, id)), 1).ScoreDocs is [var hit]
            ? hit.Doc
            : throw new KeyNotFoundException($"The index has no document '{id}'. Ids are case-sensitive.");

    /// <summary>Reads a document.</summary>
    /// <param name="number">Lucene's number of the document.</param>
    /// <returns>The document, or null if the index does not store texts.</returns>
    public BeirDocument? ReadDocument(int number)
    {
        var stored = Searcher.Doc(number);
        return stored.Get(TextField) is { } text
            ? new(stored.Get(IdField), stored.Get(TitleField) ?? "", text)
            : null;
    }

    /// <summary>Ranks the documents for a query.</summary>
    /// <param name="query">The query's impacts.</param>
    /// <param name="count">Maximum number of documents; at least 1.</param>
    /// <param name="alsoScored">Ids of documents to score even if they rank below <paramref name="count"/>.</param>
    /// <returns>
    /// The top documents, best first, followed by the remaining ones of <paramref name="alsoScored"/>, best first. A
    /// score is the dot product of the impacts; ties keep the order of indexing.
    /// </returns>
    public IReadOnlyList<ScoredDocument> Search(
        IReadOnlyList<TermImpact> query, int count, IReadOnlyCollection<string>? alsoScored = null) =>
        Search(new ImpactQuery(ContentsField, query), count, alsoScored);

    /// <summary>Ranks the documents for a query of <see cref="ContentsField"/>.</summary>
    internal IReadOnlyList<ScoredDocument> Search(
        ImpactQuery query, int count, IReadOnlyCollection<string>? alsoScored) => _ids.Search(query, count, alsoScored);

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _memory?.Dispose();
    }
}
