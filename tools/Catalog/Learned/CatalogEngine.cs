using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Miscellaneous;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Indexing;
using LuceneLsr.QueryParsing;
using LuceneLsr.Tools.Catalog.Engines;
using LuceneLsr.Tools.Catalog.Products;

namespace LuceneLsr.Tools.Catalog.Learned;

/// <summary>The catalog after the swap: learned sparse retrieval.</summary>
internal sealed class CatalogEngine(LsrAnalyzer lsr) : ICatalogEngine
{
    private readonly Analyzer _analyzer = new PerFieldAnalyzerWrapper(
        new StandardAnalyzer(LuceneVersion.LUCENE_48), new Dictionary<string, Analyzer> { [ProductFields.Body] = lsr });

    public Similarity Similarity { get; } = new BM25Similarity();

    public IndexWriter CreateWriter(Lucene.Net.Store.Directory directory)
    {
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, _analyzer) { Similarity = Similarity };
        var writer = new ImpactIndexWriter(directory, config, ProductFields.Body);
        LsrIndexStamp.Ensure(writer, ProductFields.Body, lsr.Encoder, lsr.Scale);
        return writer;
    }

    public Query Parse(IndexReader reader, string text) =>
        new LsrQueryParser(LuceneVersion.LUCENE_48, ProductFields.Body, lsr, _analyzer).Parse(text);

    public void Dispose() => _analyzer.Dispose();
}
