using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Rankers;

namespace LuceneLsr.Playground.Searching;

/// <summary>The stored documents of an index.</summary>
internal sealed class StoredDocuments
{
    private readonly IndexSearcher _searcher;
    private readonly string[] _ids; // by Lucene's number

    public StoredDocuments(IndexSearcher searcher)
    {
        var fields = new HashSet<string> { SparseIndex.IdField };
        _searcher = searcher;
        _ids = [.. Enumerable.Range(0, searcher.IndexReader.MaxDoc).Select(
            number => searcher.Doc(number, fields).Get(SparseIndex.IdField) ?? "")];
    }

    /// <summary>Gets whether documents have texts, which BM25 needs.</summary>
    public bool HasTexts => ReadAll().Any(document => document.Contents.Length > 0);

    /// <summary>Says that there is no document with an id, and what to do.</summary>
    public static string DescribeUnknown(string id) =>
        $"There is no document with the id '{id}'. Take an id from a search.";

    /// <summary>Gets the id of a document.</summary>
    public string GetId(int number) => _ids[number];

    /// <summary>Returns Lucene's number of a document, or null if there is no such document.</summary>
    public int? Find(string id) =>
        _searcher.Search(new TermQuery(new Term(SparseIndex.IdField, id)), 1).ScoreDocs is [var hit] ? hit.Doc : null;

    /// <summary>Returns Lucene's number of a document.</summary>
    /// <exception cref="KeyNotFoundException">There is no such document. The message says what to do.</exception>
    public int Get(string id) => Find(id) ?? throw new KeyNotFoundException(DescribeUnknown(id));

    /// <summary>Reads a document. Title and text are empty if they are not stored.</summary>
    public BeirDocument Read(int number)
    {
        var document = _searcher.Doc(number);
        return new(_ids[number], document.Get(SparseIndex.TitleField) ?? "", document.Get(SparseIndex.TextField) ?? "");
    }

    /// <summary>Reads all documents that are not deleted.</summary>
    public IEnumerable<BeirDocument> ReadAll()
    {
        var live = MultiFields.GetLiveDocs(_searcher.IndexReader);
        return Enumerable.Range(0, _ids.Length).Where(number => live?.Get(number) != false).Select(Read);
    }
}
