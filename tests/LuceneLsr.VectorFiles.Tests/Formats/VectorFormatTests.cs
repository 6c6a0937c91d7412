using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using LuceneLsr.VectorFiles.Formats;
using LuceneLsr.VectorFiles.Vocabularies;

namespace LuceneLsr.VectorFiles.Tests.Formats;

/// <summary>Compares each format with examples in the documentation of the engine, named in the comments.</summary>
public class VectorFormatTests
{
    private const string Index = "my-index";

    private static readonly SparseVector Empty = SparseVector.Empty;

    /// <summary>The raw vector in the OpenSearch documentation of neural sparse search.</summary>
    private static readonly SparseVector Planets = new(
    [
        new("hi", 4.338913f), new("planets", 2.7755864f), new("planet", 5.0969057f), new("mars", 1.7405145f),
        new("earth", 2.6087382f), new("hello", 3.3210192f),
    ]);

    [Fact]
    public void AnseriniFormat_writes_weights_without_scale_and_impacts_with_scale()
    {
        var record = new VectorRecord("d1", "a \"film\"", new([new("film", 1.5f), new("a", 0.004f), new("big", 9)]));
        AssertJson(
            """{"id": "d1", "contents": "a \"film\"", "vector": {"film": 1.5, "a": 0.004, "big": 9}}""",
            Assert.Single(Lines(new AnseriniFormat(), record)));
        AssertJson(
            """{"id": "d1", "contents": "a \"film\"", "vector": {"film": 75, "big": 255}}""",
            Assert.Single(Lines(new AnseriniFormat(new ImpactScale(50, 255)), record)));
    }

    /// <summary>TsvStringTopicReader.java, "174249 [tab] does xpress bet charge". It requires both columns.</summary>
    [Fact]
    public void AnseriniTopicsFormat_repeats_terms_and_omits_empty_queries()
    {
        var format = new AnseriniTopicsFormat(new ImpactScale(2));
        var record = new VectorRecord("q1", "", new([new("cut", .5f), new("film", 1.5f)]));
        Assert.Equal(["q1\tfilm film film cut"], Lines(format, record));
        Assert.Empty(Lines(format, new("q2", "", new([new("cut", .1f)]))));
        var error = Assert.Throws<InvalidDataException>(() => Lines(format, new("q\t3", "", Planets)));
        Assert.Contains("'q\t3'", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Elasticsearch, "Bulk API" and "Rank features field type".</summary>
    [Fact]
    public void BulkFormat_writes_action_and_source()
    {
        var record = new VectorRecord("1", "a text", new([new("politics", 20), new("economics", 50.8f)]));
        var lines = Lines(new BulkFormat("test", "topics"), record);
        AssertJson("""{"index": {"_index": "test", "_id": "1"}}""", lines[0]);
        AssertJson("""{"contents": "a text", "topics": {"politics": 20, "economics": 50.8}}""", lines[1]);
        Assert.Equal(2, lines.Length);
        AssertJson("""{"index": {"_id": "1"}}""", Lines(new BulkFormat(null, "v"), new("1", "", Empty))[0]);
    }

    /// <summary>Elasticsearch, "Sparse vector query", with precomputed vectors.</summary>
    [Fact]
    public void SparseVectorQueryFormat_writes_query_vector() => AssertSearch(
        """
        {"query": {"sparse_vector": {
            "field": "ml.tokens", "query_vector": {"token1": 0.5, "token2": 0.3, "token3": 0.2},
            "prune": false, "_name": "q1"}}}
        """,
        new SparseVectorQueryFormat(Index, "ml.tokens"),
        new([new("token1", .5f), new("token2", .3f), new("token3", .2f)]));

    /// <summary>OpenSearch, "Neural sparse search using raw vectors".</summary>
    [Fact]
    public void NeuralSparseQueryFormat_writes_query_tokens() => AssertSearch(
        """
        {"query": {"neural_sparse": {"passage_embedding": {
            "query_tokens": {
                "hi": 4.338913, "planets": 2.7755864, "planet": 5.0969057, "mars": 1.7405145, "earth": 2.6087382,
                "hello": 3.3210192},
            "_name": "q1"}}}}
        """,
        new NeuralSparseQueryFormat(Index, "passage_embedding"),
        Planets);

    /// <summary>Elasticsearch, "Rank feature query": the example request and "Linear".</summary>
    [Fact]
    public void RankFeatureQueryFormat_writes_one_clause_per_term() => AssertSearch(
        """
        {"query": {"bool": {
            "should": [
                {"rank_feature": {"field": "topics.sports", "linear": {}, "boost": 0.4}},
                {"rank_feature": {"field": "topics.brazil", "linear": {}, "boost": 0.25}}],
            "_name": "q1"}}}
        """,
        new RankFeatureQueryFormat(Index, "topics"),
        new([new("sports", .4f), new("brazil", .25f)]));

    /// <summary>OpenSearch, "Sparse vector", "Query using a raw vector".</summary>
    [Fact]
    public void TokenFormat_writes_query_tokens_as_integers_with_method_parameters() => AssertSearch(
        """
        {"size": 10, "_source": false, "track_total_hits": false, "query": {"neural_sparse": {"sparse_embedding": {
            "query_tokens": {"1": 5.5}, "method_parameters": {"k": 10, "top_n": 10, "heap_factor": 1.0},
            "boost": 2, "_name": "q1"}}}}
        """,
        new TokenFormat(
            CorpusVocabulary.Create([new([new("a", 1)]), new([new("a", 1), new("b", 1)])]),
            new NeuralSparseQueryFormat(Index, "sparse_embedding") { Seismic = new(), Size = 10, Boost = 2 }),
        new([new("b", 5.5f), new("unknown", 1)]));

    [Fact]
    public void TokenFormat_refuses_more_terms_than_OpenSearch_tells_apart()
    {
        var corpus = CorpusVocabulary.Create([new(Enumerable.Range(0, 32_770).Select(
            number => new TermWeight($"t{number}", 1)))]);
        var error = Assert.Throws<ArgumentException>(() => new TokenFormat(corpus, new BulkFormat(null, "v")));
        Assert.Contains("2 terms would collide", error.Message, StringComparison.Ordinal);
        var kept = new TokenFormat(corpus.TakeTop(TokenFormat.MaxTokens), new BulkFormat(null, "v"));
        Assert.Contains("\"32767\":1", Lines(kept, new("d", "", new([new(corpus.Terms[32_767].Term, 1)])))[1],
            StringComparison.Ordinal);
    }

    [Fact]
    public void BulkFormat_leaves_out_what_both_engines_reject()
    {
        var tiny = new VectorRecord("d", "", new([new("a", 1E-39f)]));
        AssertJson("""{"contents": ""}""", Lines(new BulkFormat(null, "v"), tiny)[1]);
        AssertJson("""{"contents": ""}""", Lines(new BulkFormat(null, "v"), tiny with { Vector = Empty })[1]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("513")]
    public void BulkFormat_refuses_ids_that_both_engines_reject(string id)
    {
        var record = new VectorRecord(id.Length == 0 ? id : new string('d', int.Parse(id)), "", Planets);
        Assert.Throws<InvalidDataException>(() => Lines(new BulkFormat(null, "v"), record));
        Lines(new BulkFormat(null, "v"), record with { Id = new string('d', 512) });
    }

    [Fact]
    public void Formats_refuse_weights_and_terms_that_their_engine_rejects()
    {
        var heavy = new VectorRecord("q7", "", new([new("a", 64.5f)]));
        AssertRefused(new NeuralSparseQueryFormat(null, "v"), heavy, "64.5");
        AssertRefused(new BulkFormat(null, "v"), heavy with { Vector = new([new(new string('a', 32_767), 1)]) }, "longer");
        var spaced = heavy with { Vector = new([new("new york", 2)]) };
        AssertRefused(new AnseriniFormat(ImpactScale.Identity), spaced, "new york");
        AssertRefused(new AnseriniTopicsFormat(ImpactScale.Identity), spaced, "new york");
        Lines(new AnseriniFormat(), spaced);
    }

    public static TheoryData<MultiSearchFormat> Searches =>
    [
        new SparseVectorQueryFormat(null, "v"),
        new NeuralSparseQueryFormat(null, "v"),
        new RankFeatureQueryFormat(null, "v"),
    ];

    [Theory]
    [MemberData(nameof(Searches))]
    public void Query_format_without_terms_writes_match_none_and_omits_null_index(MultiSearchFormat format)
    {
        var lines = Lines(format, new("q1", "", Empty));
        AssertJson("{}", lines[0]);
        AssertJson("""{"query": {"match_none": {"_name": "q1"}}}""", lines[1]);
    }

    [Fact]
    public void Feature_names_have_no_dots_and_are_distinct_and_equal_on_both_sides() =>
        Gen.String[Gen.Char["a.%2E5é"], 1, 4].HashSet[1, 8].Sample(terms =>
        {
            var vector = new SparseVector(terms.Select(term => new TermWeight(term, 1)));
            var source = Parse(Lines(new BulkFormat(null, "v"), new("1", "", vector))[1])["v"]!.AsObject();
            Assert.Equal(terms.Count, source.Count);
            Assert.DoesNotContain(source, feature => feature.Key.Contains('.', StringComparison.Ordinal));
            Assert.Equal(terms, source.Select(feature => Uri.UnescapeDataString(feature.Key)).ToHashSet());

            var tokens = Body(new NeuralSparseQueryFormat(null, "v"), vector)["neural_sparse"]!["v"]!["query_tokens"]!;
            var query = Body(new SparseVectorQueryFormat(null, "v"), vector)["sparse_vector"]!["query_vector"]!;
            var clauses = Body(new RankFeatureQueryFormat(null, "v"), vector)["bool"]!["should"]!.AsArray();
            Assert.True(JsonNode.DeepEquals(source, tokens) && JsonNode.DeepEquals(source, query));
            Assert.Equal(
                source.Select(feature => $"v.{feature.Key}"),
                clauses.Select(clause => (string)clause!["rank_feature"]!["field"]!));
        });

    private static JsonNode Body(MultiSearchFormat format, SparseVector vector) =>
        Parse(Lines(format, new("q1", "", vector))[1])["query"]!;

    private static void AssertRefused(IVectorFormat format, VectorRecord record, string part)
    {
        var error = Assert.Throws<InvalidDataException>(() => Lines(format, record));
        Assert.Contains("'q7'", error.Message, StringComparison.Ordinal);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    private static void AssertSearch(string body, IVectorFormat format, SparseVector vector)
    {
        var lines = Lines(format, new("q1", "a text", vector));
        AssertJson($$"""{"index": "{{Index}}"}""", lines[0]);
        AssertJson(body, lines[1]);
        Assert.Equal(2, lines.Length);
    }

    private static void AssertJson(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(Parse(expected), Parse(actual)), actual);

    private static JsonNode Parse(string json) => JsonNode.Parse(json)!;

    /// <summary>Gets the lines of one record and checks that the last one is terminated.</summary>
    private static string[] Lines(IVectorFormat format, VectorRecord record)
    {
        var output = new ArrayBufferWriter<byte>();
        format.Write(output, record);
        var lines = Encoding.UTF8.GetString(output.WrittenSpan).Split('\n');
        Assert.Equal("", lines[^1]);
        return lines[..^1];
    }
}
