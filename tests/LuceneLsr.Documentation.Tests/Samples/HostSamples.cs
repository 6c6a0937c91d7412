using System.Text.Json.Nodes;
using Lucene.Net.Analysis;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Documentation.Tests.Hosts;
using LuceneLsr.Documents;
using LuceneLsr.Indexing;
using LuceneLsr.QueryParsing;
using LuceneLsr.Search;

namespace LuceneLsr.Documentation.Tests.Samples;

/// <summary>
/// The samples of docs/hosts.md, compiled against interfaces of the same shape as those of the hosts.
/// </summary>
public sealed class HostSamples : IDisposable
{
    private readonly RAMDirectory _directory = new();
    private readonly LsrAnalyzer _analyzer = new(new WordCountEncoder(), new ImpactScale(10));

    public void Dispose()
    {
        _analyzer.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Examine_field_type_adds_values_and_makes_queries_that_find_them()
    {
        var type = new LearnedFieldType("body", _analyzer);
        var document = new Document();
        type.AddValue(document, "cut scenes (out) of a movie");
        using var writer = new IndexWriter(_directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, type.Analyzer));
        writer.AddDocument(document);
        using var reader = writer.GetReader(applyAllDeletes: true);
        var hits = new IndexSearcher(reader).Search(type.GetQuery("movie: scenes"), 10);
        Assert.Equal(10 * 10, hits.ScoreDocs.Single().Score); // "movie:" is another word for this encoder
    }

    [Fact]
    public void Orchard_provider_makes_learned_queries_only()
    {
        var provider = new LearnedQueryProvider(_analyzer);
        var query = Parse(provider, "learned", """{"body": "movie scenes"}""");
        Assert.Equal("body", Assert.IsType<ImpactQuery>(query).Field);
        Assert.Null(Parse(provider, "match", """{"body": "movie"}"""));
        Assert.Same(_analyzer, new LearnedAnalyzer(_analyzer).CreateAnalyzer());
    }

    private static Query? Parse(LearnedQueryProvider provider, string type, string json) => provider.CreateQuery(
        builder: null!, new LuceneQueryContext(), type, JsonNode.Parse(json)!.AsObject());
}

// <sample>
/// <summary>A field that is filled with learned impacts and searched with learned queries.</summary>
internal sealed class LearnedFieldType(string fieldName, LsrAnalyzer analyzer) : IIndexFieldValueType
{
    public string FieldName => fieldName;

    public string SortableFieldName => ""; // an expansion has no order

    public bool Store => true;

    public Analyzer Analyzer => analyzer;

    public void AddValue(Document doc, object value) =>
        doc.Add(new ImpactField(fieldName, $"{value}", Field.Store.YES));

    public Query GetQuery(string query) => new LsrQueryParser(LuceneVersion.LUCENE_48, fieldName, analyzer)
        .Parse(QueryParserBase.Escape(query));
}
// </sample>

// <sample>
/// <summary>Makes learned queries of <c>{ "learned": { "field": "text" } }</c>.</summary>
internal sealed class LearnedQueryProvider(LsrAnalyzer analyzer) : ILuceneQueryProvider
{
    public Query? CreateQuery(
        ILuceneQueryService builder, LuceneQueryContext context, string type, JsonObject query)
    {
        if (type != "learned")
        {
            return null; // another provider makes it
        }

        var (field, text) = query.Single();
        return new LsrQueryParser(LuceneVersion.LUCENE_48, field, analyzer)
            .Parse(QueryParserBase.Escape(text!.GetValue<string>()));
    }
}

/// <summary>Offers the analyzer under a name that the settings of an index can choose.</summary>
internal sealed class LearnedAnalyzer(LsrAnalyzer analyzer) : ILuceneAnalyzer
{
    public string Name => "learned";

    public Analyzer CreateAnalyzer() => analyzer;
}
// </sample>
