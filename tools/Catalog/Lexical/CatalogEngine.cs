using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Index;
using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Util;
using LuceneLsr.Tools.Catalog.Engines;
using LuceneLsr.Tools.Catalog.Products;

namespace LuceneLsr.Tools.Catalog.Lexical;

/// <summary>The catalog as it was: BM25.</summary>
internal sealed class CatalogEngine : ICatalogEngine
{
    private readonly Analyzer _analyzer = new StandardAnalyzer(LuceneVersion.LUCENE_48);

    public Similarity Similarity { get; } = new BM25Similarity();

    public IndexWriter CreateWriter(Lucene.Net.Store.Directory directory)
    {
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, _analyzer) { Similarity = Similarity };
        return new IndexWriter(directory, config);
    }

    public Query Parse(IndexReader reader, string text) =>
        new QueryParser(LuceneVersion.LUCENE_48, ProductFields.Body, _analyzer).Parse(text);

    public void Dispose() => _analyzer.Dispose();
}
