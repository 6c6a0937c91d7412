using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Indexing;
using LuceneLsr.Search;

namespace LuceneLsr.Tools.Cluster.Loads;

/// <summary>One index in this process that holds all documents: what a cluster is compared with.</summary>
internal sealed class LocalIndex : IDisposable
{
    private const string Field = "impacts";

    private readonly FSDirectory _directory;
    private readonly DirectoryReader _reader;
    private readonly ImpactSearcher _searcher;

    /// <summary>Indexes documents in an empty folder.</summary>
    public LocalIndex(string folder, NumberedDocuments documents, int count)
    {
        _directory = FSDirectory.Open(folder, new ExclusiveLockFactory());
        using var analyzer = new KeywordAnalyzer();
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer) { Codec = new ImpactCodec(Field) };
        using (var writer = new IndexWriter(_directory, config))
        using (var bulk = new ImpactBulkWriter(writer, Field, ImpactScale.Identity))
        {
            for (var number = 0; number < count; number++)
            {
                bulk.Add(
                    [new StoredField("id", NumberedDocuments.GetId(number))],
                    new SparseVector(documents.CreateVector(number)
                        .Select(term => new TermWeight(term.Term, term.Impact))));
            }
        }

        _reader = DirectoryReader.Open(_directory);
        _searcher = new ImpactSearcher(_reader);
    }

    /// <summary>Returns the ids of the hits.</summary>
    public string[] Search(TermImpact[] query, int top)
    {
        var hits = _searcher.Search(new ImpactQuery(Field, query), top).ScoreDocs;
        return [.. hits.Select(hit => _searcher.Doc(hit.Doc).Get("id"))];
    }

    public void Dispose()
    {
        _reader.Dispose();
        _directory.Dispose();
    }
}
