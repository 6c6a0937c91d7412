using Lucene.Net.Index;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Documents;
using LuceneLsr.Indexing;
using LuceneLsr.QueryParsing;
using LuceneLsr.Search;
using LuceneLsr.TestSupport;
using LuceneLsr.Tests.Support;
using LuceneLsr.Tokenization.Queries;
using LuceneLsr.Tokenization.Terms;

namespace LuceneLsr.Tests.QueryParsing;

/// <summary>
/// Tests a search service that has an index, filled by some model, and a checkpoint directory without that model.
/// </summary>
public sealed class InferenceFreeSearchTests : IDisposable
{
    private static readonly ImpactScale Scale = TinyTermSpace.Settings.ImpactScale; // 50 per unit of weight

    private readonly TemporaryFolder _checkpoint = new();
    private readonly TermSpace _space;
    private readonly ImpactIndex _index;

    public InferenceFreeSearchTests()
    {
        TinyTermSpace.Write(_checkpoint, TinyTermSpace.Settings, ["cat", "dog", "film", "movi", "run"]);
        _space = TermSpace.Load(_checkpoint.Path);
        var analyzer = new LsrAnalyzer(new InferenceFreeQueryEncoder(_space, new QueryWeights([])), Scale);
        _index = new(analyzer);
        Add("chase", new("cat", 2), new("dog", 1), new("run", 1.5f));
        Add("cinema", new("film", 2), new("movi", 1.8f));
        Add("star", new("dog", 0.5f), new("film", 1), new("p53", 2));
    }

    public void Dispose()
    {
        _index.Dispose();
        _checkpoint.Dispose();
    }

    [Theory]
    [InlineData("runs, runs and RUNS", "chase 7500")]             // 100 x 75
    [InlineData("dog film", "chase 10000, cinema 5000, star 7500")] // 200 x 50, 50 x 100, 200 x 25 + 50 x 50
    [InlineData("dog -film", "chase 10000")]
    [InlineData("+dog +film", "star 7500")]
    [InlineData("p53", "star 10000")] // the whole word, 100 x 100; its pieces have no weight
    [InlineData("nothing", "")]
    public void Search_with_learned_query_weights_scores_by_them(string query, string hits)
    {
        new QueryWeights([new("run", 2), new("dog", 4), new("film", 1)]).Save(_checkpoint.Path);
        using var encoder = InferenceFreeQueryEncoder.Load(_checkpoint.Path);
        Assert.Equal(hits, Format(_index.Search(Parse(query, encoder))));
    }

    [Fact]
    public void Search_with_idf_query_weights_scores_by_rarity()
    {
        var reader = _index.Open().IndexReader;
        using var encoder = new InferenceFreeQueryEncoder(
            _space, new QueryWeights(IdfWeights.Compute(reader, ImpactIndex.Body, _space.Terms.GetDistinctTerms())));

        // idf of a term in one of the three documents is ln(1 + 2.5 / 1.5), in two of them ln(1 + 1.5 / 2.5).
        double rare = Impact(Math.Log(1 + Math.Log(1 + (2.5 / 1.5)))), frequent = Impact(Math.Log(1 + Math.Log(1.6)));
        var hits = _index.Search(Parse("a cat or a dog", encoder));
        Assert.Equal((rare * 100) + (frequent * 50), hits["chase"]);
        Assert.Equal(frequent * 25, hits["star"]);
        Assert.Equal(2, hits.Count);

        static double Impact(double weight) => Math.Round(50 * weight);
    }

    [Fact]
    public void Verify_stamp_accepts_same_vocabulary_and_rejects_another()
    {
        using var encoder = new InferenceFreeQueryEncoder(_space, new QueryWeights([]));
        var documents = new WordEncoder { VocabularyId = _space.VocabularyId };
        LsrIndexStamp.Write(_index.Writer, ImpactIndex.Body, documents, Scale);
        var reader = (DirectoryReader)_index.Open().IndexReader;
        Assert.Equal(Scale, LsrIndexStamp.Verify(reader, ImpactIndex.Body, encoder).Scale);

        new TermVocabulary(["cat", "dog", "film", "movi", "tag"]).Save(_checkpoint.Path);
        using var other = new InferenceFreeQueryEncoder(TermSpace.Load(_checkpoint.Path), new QueryWeights([]));
        Assert.Throws<InvalidOperationException>(() => LsrIndexStamp.Verify(reader, ImpactIndex.Body, other));
    }

    [Fact]
    public void Index_text_without_model_throws()
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => _index.Add("new", new ImpactField(ImpactIndex.Body, "a cat", Lucene.Net.Documents.Field.Store.NO)));
        Assert.Contains("encodes only queries", error.Message, StringComparison.Ordinal);
    }

    private static Lucene.Net.Search.Query Parse(string query, ISparseEncoder encoder)
    {
        using var analyzer = new LsrAnalyzer(encoder, Scale);
        return new LsrQueryParser(LuceneVersion.LUCENE_48, ImpactIndex.Body, analyzer).Parse(query);
    }

    private static string Format(Dictionary<string, float> hits) =>
        string.Join(", ", hits.OrderBy(hit => hit.Key, StringComparer.Ordinal).Select(hit => $"{hit.Key} {hit.Value}"));

    private void Add(string id, params TermWeight[] terms) =>
        _index.Add(id, new ImpactField(ImpactIndex.Body, new SparseVector(terms), Scale));
}
