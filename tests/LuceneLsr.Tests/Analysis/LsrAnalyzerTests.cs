using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.Miscellaneous;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Search;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Documents;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Analysis;

public sealed class LsrAnalyzerTests : IDisposable
{
    private const string Body = ImpactIndex.Body;

    private readonly WordEncoder _encoder = new();
    private readonly LsrAnalyzer _analyzer;

    public LsrAnalyzerTests() => _analyzer = new(_encoder, new ImpactScale(10));

    public void Dispose() => _analyzer.Dispose();

    [Fact]
    public void Index_long_text_encodes_it_once_on_document_side()
    {
        using var index = new ImpactIndex(_analyzer);
        var text = string.Join(' ', Enumerable.Range(0, 10_000).Select(i => $"w{i}"));
        index.Add("d1", new ImpactField(Body, text, Field.Store.NO));
        Assert.Equal([(TextSide.Document, text)], _encoder.Calls);
    }

    [Fact]
    public void Index_several_documents_encodes_each_text()
    {
        using var index = new ImpactIndex(_analyzer);
        string[] texts = ["cut scenes", "", "film", "the of", "cut cut"];
        foreach (var text in texts)
        {
            index.Add(text, new ImpactField(Body, text, Field.Store.NO));
        }

        Assert.Equal(texts, _encoder.Texts);
        Assert.Equal(new() { ["cut scenes"] = 10, ["cut cut"] = 20 }, index.Postings(Body, "cut"));
        Assert.Equal(new() { ["cut scenes"] = 5, ["film"] = 10 }, index.Postings(Body, "film"));
        Assert.Equal(texts.Length, index.Open().IndexReader.NumDocs);
    }

    [Fact]
    public void Index_several_values_of_field_adds_up_impacts()
    {
        using var index = new ImpactIndex(_analyzer);
        index.Add("d1", new ImpactField(Body, "film", Field.Store.NO), new ImpactField(Body, "scenes", Field.Store.NO));
        Assert.Equal(new() { ["d1"] = 15 }, index.Postings(Body, "film"));
    }

    // Alone, "film" expands to film and movie, "scenes" to scenes and film. Together they have three terms.
    [Theory]
    [InlineData("film scenes", 4)]
    [InlineData("\"film scenes\"", 3)]
    public void Classic_parser_with_analyzer_for_queries_makes_one_clause_per_term_of_a_text(string text, int clauses)
    {
        using var analyzer = new LsrAnalyzer(_encoder, new ImpactScale(10), TextSide.Query);
        QueryParser[] parsers =
        [
            new(LuceneVersion.LUCENE_48, Body, analyzer) { AutoGeneratePhraseQueries = true },
            new MultiFieldQueryParser(LuceneVersion.LUCENE_48, [Body, "title"], analyzer),
        ];
        var queries = parsers.Select((parser, i) => (i + 1, parser.Parse(text))).ToArray();
        Assert.All(_encoder.Calls, call => Assert.Equal(TextSide.Query, call.Side));
        using var index = new ImpactIndex(_analyzer);
        index.Add("d1", new ImpactField(Body, "movie", Field.Store.NO));
        index.Add("d2", new ImpactField(Body, "cut", Field.Store.NO));
        foreach (var (fields, query) in queries)
        {
            Assert.Equal(fields * clauses, CountTerms(query));
            var terms = new HashSet<Term>();
            query.ExtractTerms(terms);
            Assert.Equal(["film", "movie", "scenes"], terms.Select(term => term.Text).Distinct().Order());
            Assert.Equal(["d1"], index.Search(query).Keys);
        }

        static int CountTerms(Query query) =>
            query is BooleanQuery group ? group.Clauses.Sum(clause => CountTerms(clause.Query)) : 1;
    }

    [Fact]
    public void Index_from_several_threads_keeps_all_postings()
    {
        using var index = new ImpactIndex(_analyzer);
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            index.Add($"d{i}", new ImpactField(Body, $"film w{i} w{i % 7}", Field.Store.NO)));
        Assert.Equal(Enumerable.Range(0, 400).ToDictionary(i => $"d{i}", _ => 10), index.Postings(Body, "film"));
        Assert.Equal(new() { ["d300"] = 10 }, index.Postings(Body, "w300"));
    }

    [Fact]
    public void Per_field_analyzer_encodes_only_LSR_field()
    {
        using var perField = new PerFieldAnalyzerWrapper(
            new WhitespaceAnalyzer(LuceneVersion.LUCENE_48),
            new Dictionary<string, Analyzer> { [Body] = _analyzer });
        using var index = new ImpactIndex(perField);
        index.Add(
            "d1",
            new ImpactField(Body, "cut film", Field.Store.NO),
            new TextField("title", "cut film", Field.Store.NO));
        Assert.Equal(new() { ["d1"] = 10 }, index.Postings(Body, "cut"));
        Assert.Equal(new() { ["d1"] = 1 }, index.Postings("title", "cut"));
        Assert.Equal(["cut film"], _encoder.Texts);
    }

    [Fact]
    public void End_sets_final_offset_to_text_length()
    {
        using var stream = _analyzer.GetTokenStream(Body, new StringReader("cut scenes."));
        stream.Reset();
        while (stream.IncrementToken())
        {
        }

        stream.End();
        Assert.Equal(11, stream.GetAttribute<IOffsetAttribute>().EndOffset);
    }

    [Fact]
    public void Encoder_exception_leaves_index_clean_and_analyzer_usable()
    {
        using var index = new ImpactIndex(_analyzer);
        index.Add("before", new ImpactField(Body, "film", Field.Store.NO));
        index.Writer.Commit();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.Throws<InvalidOperationException>(() => index.Add(
                "poisoned",
                new ImpactField("other", "film", Field.Store.NO),
                new ImpactField(Body, $"film {WordEncoder.Poison}", Field.Store.NO)));
        }

        index.Add("after", new ImpactField(Body, "film", Field.Store.NO));
        index.Writer.Commit();

        Assert.Equal(new() { ["before"] = 10, ["after"] = 10 }, index.Postings(Body, "film"));
        Assert.Empty(index.Postings("other", "film"));
        Assert.True(new CheckIndex(index.Directory).DoCheckIndex().Clean);
    }
}
