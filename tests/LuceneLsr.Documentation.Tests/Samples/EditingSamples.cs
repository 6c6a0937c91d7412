using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Documents;
using LuceneLsr.Edits;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Comparisons;
using LuceneLsr.Indexing;
using LuceneLsr.QueryParsing;
using LuceneLsr.Search;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Documentation.Tests.Samples;

/// <summary>The samples of docs/editing.md.</summary>
public sealed class EditingSamples : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RAMDirectory _directory = new();
    private readonly LsrAnalyzer _analyzer = new(new WordCountEncoder(), new ImpactScale(10));
    private readonly IndexWriter _writer;

    public EditingSamples()
    {
        _writer = new IndexWriter(_directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, _analyzer));
        LsrIndexStamp.Write(_writer, "body", _analyzer.Encoder, _analyzer.Scale);
        Add("41", "law");
        Add("42", "privacy");
        _writer.Commit();
    }

    public void Dispose()
    {
        _writer.Dispose();
        _directory.Dispose();
        _analyzer.Dispose();
        _folder.Dispose();
    }

#pragma warning disable xUnit1051 // the samples have no test to cancel
    [Fact]
    public void Rules_apply_to_parsed_and_built_queries()
    {
        var path = SaveRules();
        using var reader = DirectoryReader.Open(_directory);
        var searcher = new ImpactSearcher(reader);
        var (analyzer, encoder, scale) = (_analyzer, _analyzer.Encoder, _analyzer.Scale);
        var text = "gdpr";
        Func<string, IEnumerable<string>> getTextTerms = query => query.Split(' ');

        // <sample>
        var rules = RelevanceRules.Load(path, getTextTerms);
        var parser = new LsrQueryParser(LuceneVersion.LUCENE_48, "body", analyzer) { Rules = rules };
        var query = parser.Parse(text);
        // </sample>
        var parsed = searcher.Search(query, 10);

        // <sample>
        var impacts = scale.Quantize(encoder.Encode(text, TextSide.Query));
        var hits = searcher.Search(new ImpactQuery("body", impacts).WithRules(rules, text), 10);
        // </sample>

        Assert.Equal("42", searcher.Doc(Assert.Single(parsed.ScoreDocs).Doc).Get("id"));
        Assert.Equal(parsed.MaxScore, hits.MaxScore);
        var explanation = searcher.Explain(query, hits.ScoreDocs[0].Doc).ToString();
        Assert.Contains("by 42-gdpr (+80)", explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Rule_is_added_and_saved()
    {
        var path = SaveRules();

        // <sample>
        var rules = RelevanceRules.Load(path).Add(new QueryRule
        {
            Id = "ssl-tls",
            QueryTerms = ["ssl"],
            Term = "tls",
            Impact = 80,
            Note = "The name of SSL since 1999",
        });
        rules.Save(path);
        // </sample>

        Assert.Equal(2, RelevanceRules.Load(path).Rules.Count);
    }

    [Fact]
    public void Rules_apply_while_documents_are_indexed()
    {
        var rules = RelevanceRules.Load(SaveRules());
        var (writer, scale) = (_writer, _analyzer.Scale);
        var (id, vector) = ("42", _analyzer.Encoder.Encode("privacy", TextSide.Document));

        // <sample>
        var edited = rules.EditDocument("body", id, vector, scale);
        writer.UpdateDocument(
            new Term("id", id), [new StringField("id", id, Field.Store.YES), new ImpactField("body", edited, scale)]);
        var queryRules = rules.QueryRulesOnly(); // for the queries of this index
        // </sample>

        using var reader = DirectoryReader.Open(writer, applyAllDeletes: true);
        var query = new ImpactQuery("body", [new("gdpr", 1)]).WithRules(queryRules, "gdpr");
        Assert.Equal(80, new ImpactSearcher(reader).Search(query, 1).MaxScore);
    }

    [Fact]
    public void Rule_is_tried()
    {
        var rules = RelevanceRules.Load(SaveRules());
        using var reader = DirectoryReader.Open(_directory);
        var searcher = new ImpactSearcher(reader);
        var encoder = _analyzer.Encoder;
        BeirQuery[] queries = [new("q1", "gdpr privacy"), new("q2", "law")];
        var qrels = new Qrels([new("q1", "42", 1)]);
        var rule = new DocumentRule { Id = "41-gdpr", DocumentId = "41", Term = "gdpr", Impact = 200 };

        // <sample>
        var current = new FieldVersion("body", encoder) { Rules = rules };
        var candidate = current with { Rules = rules.Add(rule) };
        var comparison = VersionComparison.Compare(searcher, "id", current, candidate, queries, qrels);
        Console.WriteLine($"{comparison.ChangedQueries.Count()} queries change, "
            + $"nDCG {comparison.Ndcg?.FirstMean:F3} -> {comparison.Ndcg?.SecondMean:F3}");
        // </sample>

        Assert.Equal("q1", Assert.Single(comparison.ChangedQueries).Query.Id);
    }

    private void Add(string id, string text) => _writer.AddDocument(
        [new StringField("id", id, Field.Store.YES), new ImpactField("body", text, Field.Store.NO)]);

    private string SaveRules()
    {
        var path = _folder.File("rules.json");
        var rule = new DocumentRule { Id = "42-gdpr", DocumentId = "42", Term = "gdpr", Impact = 80 };
        new RelevanceRules([rule]).Save(path);
        return path;
    }
}
