using Lucene.Net.Analysis;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Similarities;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Tests.Support;

/// <summary>An index whose segments are never merged. Documents have an "id" field.</summary>
internal sealed class ImpactIndex : IDisposable
{
    public const string Body = "body";

    private readonly Similarity _similarity;
    private readonly TemporaryFolder? _folder;
    private DirectoryReader? _reader;

    public ImpactIndex(Analyzer analyzer, Similarity? similarity = null, IndexStorage? storage = null)
    {
        storage ??= IndexStorage.Default;
        _similarity = similarity ?? new ImpactSimilarity();
        _folder = storage.IsOnDisk ? new TemporaryFolder() : null;
        Directory = _folder is null ? new RAMDirectory() : FSDirectory.Open(_folder.Path);
        Writer = new IndexWriter(Directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer)
        {
            Similarity = _similarity,
            Codec = storage.Codec(Body),
            MergePolicy = storage.IsCompound ? NoMergePolicy.COMPOUND_FILES : NoMergePolicy.NO_COMPOUND_FILES,
            UseCompoundFile = storage.IsCompound,
        });
    }

    public Lucene.Net.Store.Directory Directory { get; }

    public IndexWriter Writer { get; }

    public void Add(string id, params IEnumerable<IIndexableField> fields) =>
        Writer.AddDocument([new StringField("id", id, Field.Store.YES), .. fields]);

    /// <summary>Opens a searcher over all documents, committed or not.</summary>
    public IndexSearcher Open()
    {
        _reader?.Dispose();
        _reader = DirectoryReader.Open(Writer, applyAllDeletes: true);
        return new IndexSearcher(_reader) { Similarity = _similarity };
    }

    public Dictionary<string, float> Search(Query query, bool inOrder = false) => Search(Open(), query, inOrder);

    /// <summary>Returns every match with its score. The order decides which Boolean scorer Lucene uses.</summary>
    public static Dictionary<string, float> Search(IndexSearcher searcher, Query query, bool inOrder = false)
    {
        var collector = TopScoreDocCollector.Create(Math.Max(1, searcher.IndexReader.MaxDoc), inOrder);
        searcher.Search(query, collector);
        return collector.GetTopDocs().ScoreDocs.ToDictionary(
            hit => searcher.Doc(hit.Doc).Get("id"), hit => hit.Score);
    }

    /// <summary>Returns a term's postings as document id and frequency.</summary>
    public Dictionary<string, int> Postings(string field, string term)
    {
        var searcher = Open();
        var postings = MultiFields.GetTermDocsEnum(
            searcher.IndexReader, MultiFields.GetLiveDocs(searcher.IndexReader), field, new BytesRef(term));
        var frequencies = new Dictionary<string, int>();
        while (postings is not null && postings.NextDoc() != DocIdSetIterator.NO_MORE_DOCS)
        {
            frequencies.Add(searcher.Doc(postings.DocID).Get("id"), postings.Freq);
        }

        return frequencies;
    }

    public void Dispose()
    {
        _reader?.Dispose();
        Writer.Dispose();
        Directory.Dispose();
        _folder?.Dispose();
    }
}
