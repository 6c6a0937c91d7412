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
using LuceneLsr.Upgrades;

namespace LuceneLsr.Tools.Catalog.Upgraded;

/// <summary>
/// The catalog while a new encoder replaces another: products get the vectors of both, searches use the current one.
/// After the switch, products get the new vectors only.
/// </summary>
internal sealed class CatalogEngine(LsrAnalyzer former, LsrAnalyzer next) : ICatalogEngine
{
    public const string NextBody = ProductFields.Body + ".2";

    private readonly Dictionary<string, LsrAnalyzer> _versions =
        new() { [ProductFields.Body] = former, [NextBody] = next };

    private readonly Analyzer _analyzer = new PerFieldAnalyzerWrapper(
        new StandardAnalyzer(LuceneVersion.LUCENE_48),
        new Dictionary<string, Analyzer> { [ProductFields.Body] = former, [NextBody] = next });

    public LsrAnalyzer Former => former;

    public LsrAnalyzer Next => next;

    public Similarity Similarity { get; } = new BM25Similarity();

    public IndexWriter CreateWriter(Lucene.Net.Store.Directory directory)
    {
        IReadOnlyList<string> filled = IsSwitched(directory) ? [NextBody] : [ProductFields.Body, NextBody];
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, _analyzer) { Similarity = Similarity };
        config.MergePolicy = new SegmentRewritePolicy(config.MergePolicy);
        var writer = new ImpactIndexWriter(
            directory, config, new Dictionary<string, IEnumerable<string>> { [ProductFields.Body] = filled });
        foreach (var field in filled)
        {
            LsrIndexStamp.Ensure(writer, field, _versions[field].Encoder, _versions[field].Scale);
        }

        return writer;
    }

    public Query Parse(IndexReader reader, string text)
    {
        var field = FieldVersions.GetCurrent(reader, ProductFields.Body);
        return new LsrQueryParser(LuceneVersion.LUCENE_48, ProductFields.Body, _versions[field], _analyzer)
        {
            FieldWeights = { [field] = 1 },
        }.Parse(text);
    }

    public void Dispose() => _analyzer.Dispose();

    private static bool IsSwitched(Lucene.Net.Store.Directory directory)
    {
        if (!DirectoryReader.IndexExists(directory))
        {
            return false;
        }

        using var reader = DirectoryReader.Open(directory);
        return FieldVersions.GetCurrent(reader, ProductFields.Body) == NextBody;
    }
}
