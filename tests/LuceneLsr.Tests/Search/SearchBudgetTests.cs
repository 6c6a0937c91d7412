using Lucene.Net.Analysis.Core;
using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Analysis;
using LuceneLsr.Documents;
using LuceneLsr.Indexing;
using LuceneLsr.QueryParsing;
using LuceneLsr.Search;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Search;

/// <summary>
/// Searches 40,000 documents in three ranges of 16,384. All have the term "a", later ones with larger impacts.
/// </summary>
public sealed class SearchBudgetTests : IDisposable
{
    private const string Body = ImpactIndex.Body;
    private const int Documents = 40_000;
    private const int RangeSize = 16_384;

    private readonly ImpactIndex _index = new(new KeywordAnalyzer());
    private readonly IndexReader _reader;

    public SearchBudgetTests()
    {
        using (var bulk = new ImpactBulkWriter(_index.Writer, Body, ImpactScale.Identity))
        {
            for (var document = 0; document < Documents; document++)
            {
                bulk.Add([], new SparseVector([new("a", 1 + document)]));
            }
        }

        _index.Writer.ForceMerge(1);
        _reader = _index.Open().IndexReader;
    }

    public void Dispose() => _index.Dispose();

    // The clock moves by a second whenever it is asked: when the budget is created, and before the term and each range.
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, RangeSize)]
    [InlineData(4, 2 * RangeSize)]
    public void Search_out_of_time_returns_best_of_scored_ranges(int seconds, int scored)
    {
        foreach (var searcher in (IndexSearcher[])[new(_reader), new ImpactSearcher(_reader)])
        {
            var budget = new SearchBudget(TimeSpan.FromSeconds(seconds), clock: new SteppingClock());
            var hits = searcher.Search(CreateQuery(budget), 2);
            Assert.True(budget.IsExceeded);
            Assert.Equal(scored, hits.TotalHits);
            Assert.Equal(scored == 0 ? [] : [scored - 1, scored - 2], hits.ScoreDocs.Select(hit => hit.Doc));
        }
    }

    [Fact]
    public void Search_in_time_returns_all_hits()
    {
        SearchBudget[] budgets =
        [
            new(TimeSpan.FromSeconds(5), clock: new SteppingClock()), new(Timeout.InfiniteTimeSpan),
            new(TimeSpan.FromHours(1)),
        ];
        foreach (var budget in budgets)
        {
            Assert.Equal(Documents, new ImpactSearcher(_reader).Search(CreateQuery(budget), 2).TotalHits);
            Assert.False(budget.IsExceeded);
        }
    }

    [Fact]
    public void Search_out_of_time_inside_boolean_query_returns_scored_documents()
    {
        var budget = new SearchBudget(TimeSpan.FromSeconds(3), clock: new SteppingClock());
        var query = new BooleanQuery
        {
            { CreateQuery(budget), Occur.MUST }, { new TermQuery(new Term(Body, "a")), Occur.MUST },
        };
        Assert.Equal(RangeSize, new IndexSearcher(_reader).Search(query, 1).TotalHits);
        Assert.True(budget.IsExceeded);
    }

    [Fact]
    public void Search_that_is_canceled_throws()
    {
        var budget = new SearchBudget(
            Timeout.InfiniteTimeSpan, cancellationToken: new CancellationToken(canceled: true));
        Assert.Throws<OperationCanceledException>(() => new IndexSearcher(_reader).Search(CreateQuery(budget), 1));
        Assert.False(budget.IsExceeded);
    }

    [Fact]
    public void Search_segments_in_parallel_out_of_time_or_canceled_ends()
    {
        using var index = new ImpactIndex(new KeywordAnalyzer());
        for (var i = 0; i < 4; i++)
        {
            index.Add($"d{i}", new ImpactField(Body, new SparseVector([new("a", 1)]), ImpactScale.Identity));
            index.Writer.Flush(triggerMerge: false, applyAllDeletes: true);
        }

        var searcher = new ImpactSearcher(index.Open().IndexReader, TaskScheduler.Default);
        var late = new SearchBudget(TimeSpan.Zero);
        Assert.Equal(0, searcher.Search(CreateQuery(late), 1).TotalHits);
        Assert.True(late.IsExceeded);
        var canceled = new SearchBudget(
            Timeout.InfiniteTimeSpan, cancellationToken: new CancellationToken(canceled: true));
        Assert.Throws<OperationCanceledException>(() => searcher.Search(CreateQuery(canceled), 1));
    }

    [Fact]
    public void Prune_frequent_terms_keeps_the_budget()
    {
        var budget = new SearchBudget(TimeSpan.FromSeconds(1));
        Assert.Same(budget, new FrequentTermPruning().Apply(CreateQuery(budget), _reader).Budget);
    }

    [Fact]
    public void Parse_gives_queries_the_budget_and_the_encoder_its_token()
    {
        var encoder = new CancellableEncoder();
        using var analyzer = new LsrAnalyzer(encoder, new ImpactScale(10));
        using var cancellation = new CancellationTokenSource();
        var budget = new SearchBudget(TimeSpan.FromSeconds(1), cancellationToken: cancellation.Token);
        var parser = new LsrQueryParser(Lucene.Net.Util.LuceneVersion.LUCENE_48, Body, analyzer) { Budget = budget };
        Assert.Same(budget, Assert.IsType<ImpactQuery>(parser.Parse("film")).Budget);
        var clauses = Assert.IsType<BooleanQuery>(parser.Parse("film -cut")).GetClauses();
        Assert.Equal([budget, null], clauses.Select(clause => ((ImpactQuery)clause.Query).Budget));
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => parser.Parse("film"));
    }

    [Fact]
    public void Create_with_negative_time_throws() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new SearchBudget(TimeSpan.FromSeconds(-2)));

    private static ImpactQuery CreateQuery(SearchBudget budget) => new(Body, [new("a", 1)]) { Budget = budget };

    private sealed class SteppingClock : TimeProvider
    {
        private long _seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _seconds++;
    }

    private sealed class CancellableEncoder : ISparseEncoder
    {
        public string VocabularyId => "any";

        public IReadOnlyList<SparseVector> Encode(
            IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return [.. texts.Select(text => new SparseVector([new(text, 1)]))];
        }

        public void Dispose()
        {
        }
    }
}
