using CsCheck;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Documents;
using LuceneLsr.Indexing;
using LuceneLsr.Postings;
using LuceneLsr.Search;
using LuceneLsr.Storage.Cursors;
using LuceneLsr.TestSupport;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Search;

/// <summary>Compares the query with Lucene's own Boolean query, hit by hit.</summary>
public class ImpactQueryTests
{
    private const string Body = ImpactIndex.Body;

    // Integer accumulators handle powers of two and zero, where a match scores 0; double accumulators the others.
    private static readonly Gen<float> Boosts = Gen.OneOf(
        Gen.Const(1f), Gen.Const(2f), Gen.Const(0.25f), Gen.Const(0f), Gen.Const(0.3f), Gen.Const(7.7f),
        Gen.Const(-1.5f));

    // No cache, one that fills up, and one that never does.
    private static readonly Gen<long?> Budgets = Gen.OneOf(
        Gen.Const((long?)null), Gen.Long[0, 200].Select(bytes => (long?)bytes), Gen.Const((long?)long.MaxValue));

    private static readonly Filter[] Filters =
    [
        new EveryThirdDocument(isBitSet: true), new EveryThirdDocument(isBitSet: false),
        new QueryWrapperFilter(Has("t2")), new CachingWrapperFilter(new QueryWrapperFilter(Has("t3"))),
    ];

    private static readonly Func<Query, Query>[] Wrappers =
    [
        query => new BooleanQuery { { query, Occur.MUST }, { Has("t1"), Occur.MUST } },
        query => new BooleanQuery { { query, Occur.SHOULD }, { Has("t2"), Occur.SHOULD } },
        query => new BooleanQuery { { query, Occur.SHOULD }, { Has("t3"), Occur.MUST } },
        query => new BooleanQuery { { Has("t4"), Occur.MUST }, { query, Occur.MUST_NOT } },
        query => new BooleanQuery { { query, Occur.MUST }, { Has("t5"), Occur.MUST_NOT } },
        query => new BooleanQuery
        {
            MinimumNumberShouldMatch = 2,
            Clauses =
            {
                new(query, Occur.SHOULD), new(Has("t6"), Occur.SHOULD), new(Has("t7"), Occur.SHOULD),
            },
        },
        query => new BooleanQuery { { query, Occur.SHOULD }, { Has("t1"), Occur.MUST_NOT } },
        query => new BooleanQuery(disableCoord: true) { Boost = 0.3f, Clauses = { new(query, Occur.SHOULD) } },
        query => new ConstantScoreQuery(query),
        query => new DisjunctionMaxQuery(0.1f) { query, Has("t8") },
        query => new FilteredQuery(query, new QueryWrapperFilter(Has("t9"))),
        query => new FilteredQuery(Has("t10"), new QueryWrapperFilter(query)),
        query => new FilteredQuery(query, new EveryThirdDocument(isBitSet: true)),
        query => new FilteredQuery(query, new EveryThirdDocument(isBitSet: false)),
        query => new FilteredQuery(
            new BooleanQuery { { query, Occur.MUST }, { Has("t11"), Occur.SHOULD } },
            new EveryThirdDocument(isBitSet: true)),
    ];

    // Lucene's query norm scales the clauses of a query by the sum of their squared weights.
    [Fact]
    public void Search_with_lexical_clause_under_default_similarity_leaves_its_score()
    {
        using var index = new ImpactIndex(new KeywordAnalyzer());
        index.Add("d1", new StringField("title", "gamma", Field.Store.NO), Impacts(("alpha", 2), ("beta", 1)));
        index.Add("d2", Impacts(("alpha", 5)));
        index.Add("d3", Impacts(("beta", 7)));
        var lexical = new TermQuery(new Term("title", "gamma"));
        var impacts = new ImpactQuery(Body, [new("alpha", 150), new("beta", 140)]);
        var searcher = new IndexSearcher(index.Open().IndexReader);
        var both = new BooleanQuery(disableCoord: true)
        {
            { impacts, Occur.SHOULD }, { lexical, Occur.SHOULD },
        };
        Assert.Equal(1.4055f, ImpactIndex.Search(searcher, lexical)["d1"], 1e-4); // 1 + ln(3/2)
        Assert.Equal(440 + 1.4055f, ImpactIndex.Search(searcher, both)["d1"], 1e-3);
        Assert.Equal(750, ImpactIndex.Search(searcher, both)["d2"]);

        static ImpactField Impacts(params (string Term, int Impact)[] terms) => new(
            Body, new SparseVector(terms.Select(term => new TermWeight(term.Term, term.Impact))), ImpactScale.Identity);
    }

    [Fact]
    public void Search_any_collection_equals_boolean_query() => Gen.Select(
        ImpactCollection.Any, Boosts, Budgets, Gen.Int[1, 30]).Sample(
        (collection, boost, budget, count) =>
        {
            using var index = collection.Index();
            var searcher = index.Open();
            var (fast, slow) = Twins(collection, boost, budget);
            var expected = searcher.Search(slow, count);
            AssertSame(expected, searcher.Search(fast, count));
            AssertSame(expected, new ImpactSearcher(searcher.IndexReader).Search(fast, count));
            AssertSame(expected, searcher.Search(fast, count)); // served by the cache, as far as it holds the terms
            Assert.All(Filters, filter => AssertSame(
                searcher.Search(slow, filter, count),
                new ImpactSearcher(searcher.IndexReader).Search(fast, filter, count)));
            Assert.All([true, false], isInOrder =>
            {
                AssertSame(expected, Collect(searcher, fast, after: null, count, isInOrder));
                var after = expected.ScoreDocs.ElementAtOrDefault(count / 2);
                AssertSame(
                    Collect(searcher, slow, after, count, isInOrder: false),
                    Collect(searcher, fast, after, count, isInOrder));
            });
        },
        iter: 300);

    [Fact]
    public void Search_composite_query_equals_composite_of_boolean_query() => Gen.Select(
        ImpactCollection.Any, Budgets).Sample(
        (collection, budget) =>
        {
            using var index = collection.Index();
            var searcher = index.Open();
            var (fast, slow) = Twins(collection, boost: 2, budget);
            Assert.All(Wrappers, wrap =>
                AssertSame(searcher.Search(wrap(slow), 30), searcher.Search(wrap(fast), 30)));
        },
        iter: 100);

    [Fact]
    public void Sorted_paged_and_parallel_search_equals_boolean_query() => Gen.Select(
        ImpactCollection.Any, Budgets).Sample(
        (collection, budget) =>
        {
            using var index = collection.Index();
            var searcher = index.Open();
            var byIndexOrder = new Sort(new SortField(null, SortFieldType.DOC, reverse: true));
            var (fast, slow) = Twins(collection, boost: 1, budget);
            var expected = searcher.Search(slow, 30);
            AssertSame(searcher.Search(slow, 30, byIndexOrder), searcher.Search(fast, 30, byIndexOrder));
            AssertSame(expected, new IndexSearcher(searcher.IndexReader, TaskScheduler.Default).Search(fast, 30));
            var parallel = new ImpactSearcher(searcher.IndexReader, TaskScheduler.Default);
            Assert.All(
                new[] { 1, 2, 5, 30 },
                count => AssertSame(searcher.Search(slow, count), parallel.Search(fast, count)));
            for (var i = 0; i < expected.ScoreDocs.Length; i++)
            {
                AssertSame(
                    searcher.SearchAfter(expected.ScoreDocs[i], slow, 5),
                    searcher.SearchAfter(expected.ScoreDocs[i], fast, 5));
            }
        },
        iter: 100);

    [Fact]
    public void Explain_returns_value_equal_to_score() => Gen.Select(ImpactCollection.Any, Boosts).Sample(
        (collection, boost) =>
        {
            using var index = collection.Index();
            var searcher = index.Open();
            var query = Twins(collection, boost, budget: null).Fast;
            var scores = searcher.Search(query, 30).ScoreDocs.ToDictionary(hit => hit.Doc, hit => hit.Score);
            for (var document = 0; document < searcher.IndexReader.MaxDoc; document++)
            {
                var explanation = searcher.Explain(query, document);
                Assert.Equal(scores.ContainsKey(document), explanation.IsMatch);
                Assert.Equal(scores.GetValueOrDefault(document), explanation.Value);
            }
        },
        iter: 50);

    [Fact]
    public void Explain_lists_query_weight_and_impact_of_matching_terms()
    {
        using var index = new ImpactIndex(new LsrAnalyzer(new WordEncoder(), ImpactScale.Identity));
        index.Add("d", new ImpactField(Body, new SparseVector([new("a", 5), new("b", 7)]), ImpactScale.Identity));
        var explanation = index.Open().Explain(CreateQuery(Body, 2, new("a", 3), new("x", 4)), 0);
        var product = Assert.Single(explanation.GetDetails());
        Assert.Equal((30, "impact score of body:a, product of:"), (product.Value, product.Description));
        Assert.Equal(
            [("query weight", 6f), ("impact (term frequency)", 5f)],
            product.GetDetails().Select(detail => (detail.Description, detail.Value)));
    }

    public static TheoryData<string, bool, bool> Layouts => new(
        from format in new[] { "default", "fast", "compact" }
        from place in new[] { "memory", "disk", "compound" }
        select (format, place != "memory", place == "compound"));

    // Each term is in every step-th document, so that there are dense rows, full and empty ranges, and blocks of 128
    // postings. The impacts grow with the documents, so that packed blocks have every width.
    [Theory]
    [MemberData(nameof(Layouts))]
    public void Search_across_ranges_and_blocks_equals_boolean_query(string format, bool isOnDisk, bool isCompound)
    {
        int[] steps = [1, 2, 3, 16, 313, 500, 17_000, 39_999]; // every 313th: exactly one block
        var storage = new IndexStorage(isOnDisk, isCompound, format switch
        {
            "fast" => IndexStorage.Fast,
            "compact" => IndexStorage.Compact,
            _ => null,
        });
        using var index = new ImpactIndex(new LsrAnalyzer(new WordEncoder(), ImpactScale.Identity), storage: storage);
        using (var bulk = new ImpactBulkWriter(index.Writer, Body, ImpactScale.Identity))
        {
            for (var document = 0; document < 40_000; document++)
            {
                bulk.Add(
                    [new StringField("id", $"d{document}", Field.Store.YES)],
                    new SparseVector(steps.Where(step => document % step == 0).Select(step => new TermWeight(
                        $"every{step}",
                        1 + (step == 1 ? document % 7 : document * 7919L % (1 << (document / 2_500)))))));
            }
        }

        var searcher = index.Open();
        var segment = (SegmentReader)Assert.Single(searcher.IndexReader.Leaves).Reader;
        Assert.Equal(isCompound, segment.SegmentInfo.Info.UseCompoundFile);
        Assert.Equal(
            isOnDisk || format != "default",
            new SegmentPostings(segment, Body, cache: null).TryOpenCursor(new Term(Body, "every2")) is BlockCursor);
        foreach (var (asked, budget) in
            from terms in steps.Select(step => new[] { step }).Append(steps[2..]).Append(steps)
            from bytes in new long?[] { null, long.MaxValue }
            select (terms, bytes))
        {
            var vector = new SparseVector(asked.Select(step => new TermWeight($"every{step}", 3)));
            var (fast, slow) = Twins(vector, ImpactScale.Identity, budget);
            var last = new QueryWrapperFilter(new TermQuery(new Term("id", "d34000")));
            AssertSame(searcher.Search(slow, 40_000), searcher.Search(fast, 40_000));
            AssertSame(searcher.Search(slow, last, 5), searcher.Search(fast, last, 5));
            foreach (var count in new[] { 1, 7, 300, 2_000 })
            {
                var expected = searcher.Search(slow, count);
                AssertSame(expected, searcher.Search(fast, count));
                AssertSame(expected, new ImpactSearcher(searcher.IndexReader).Search(fast, count));
                AssertSame(
                    searcher.SearchAfter(expected.ScoreDocs[^1], slow, count),
                    searcher.SearchAfter(expected.ScoreDocs[^1], fast, count));
            }

            // Lucene scores a disjunction in parts of 2,048 documents.
            AssertSame(
                searcher.Search(new BooleanQuery { { slow, Occur.SHOULD }, { Has("every500"), Occur.SHOULD } }, 300),
                searcher.Search(new BooleanQuery { { fast, Occur.SHOULD }, { Has("every500"), Occur.SHOULD } }, 300));
        }
    }

    [Fact]
    public void Search_with_products_beyond_int32_equals_boolean_query()
    {
        const int huge = ImpactScale.MaxImpactLimit;
        var terms = Enumerable.Range(0, 300).Select(term => new TermWeight($"t{term}", huge)).ToArray();
        using var index = new ImpactIndex(new LsrAnalyzer(new WordEncoder(), ImpactScale.Identity));
        index.Add("all", new ImpactField(Body, new SparseVector(terms[..40]), ImpactScale.Identity));
        index.Add("one", new ImpactField(Body, new SparseVector([new("t7", huge - 1)]), ImpactScale.Identity));
        var searcher = index.Open();
        foreach (var budget in new long?[] { null, long.MaxValue })
        {
            var (fast, slow) = Twins(new SparseVector(terms), ImpactScale.Identity, budget);
            AssertSame(searcher.Search(slow, 5), searcher.Search(fast, 5));
        }
    }

    [Fact]
    public void Search_after_files_were_deleted_equals_boolean_query()
    {
        using var folder = new TemporaryFolder();
        using var directory = FSDirectory.Open(folder.Path);
        using var analyzer = new WhitespaceAnalyzer(LuceneVersion.LUCENE_48);
        using var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer));
        var vector = new SparseVector([new("a", 3)]);
        for (var document = 0; document < 4; document++)
        {
            writer.AddDocument([new ImpactField(Body, vector, ImpactScale.Identity)]);
            writer.Commit();
        }

        using var reader = DirectoryReader.Open(directory);
        writer.ForceMerge(1);
        writer.Commit();
        Assert.DoesNotContain("_0.cfs", directory.ListAll());
        var (fast, slow) = Twins(vector, ImpactScale.Identity, budget: null);
        AssertSame(new ImpactSearcher(reader).Search(slow, 5), new ImpactSearcher(reader).Search(fast, 5));
    }

    // Somebody deletes an index and creates another in the same folder while a reader is open.
    [Fact]
    public void Search_after_files_were_replaced_equals_boolean_query()
    {
        using TemporaryFolder folder = new(), other = new();
        foreach (var (path, impact) in new[] { (folder.Path, 3), (other.Path, 4) })
        {
            using var directory = FSDirectory.Open(path);
            using var analyzer = new WhitespaceAnalyzer(LuceneVersion.LUCENE_48);
            using var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer));
            for (var document = 0; document < 300; document++)
            {
                writer.AddDocument([new ImpactField(
                    Body, new SparseVector([new("a", impact + (document % 5))]), ImpactScale.Identity)]);
            }
        }

        using var opened = FSDirectory.Open(folder.Path);
        using var reader = DirectoryReader.Open(opened);
        foreach (var file in System.IO.Directory.GetFiles(folder.Path))
        {
            File.Delete(file);
            File.Copy(Path.Combine(other.Path, Path.GetFileName(file)), file);
        }

        var (fast, slow) = Twins(new SparseVector([new("a", 2)]), ImpactScale.Identity, budget: null);
        AssertSame(new ImpactSearcher(reader).Search(slow, 9), new ImpactSearcher(reader).Search(fast, 9));
    }

    [Fact]
    public void Parallel_search_uses_scheduler_and_rethrows_original_exception()
    {
        var collection = new ImpactCollection(
            [.. Enumerable.Range(0, 6).Select(_ => (new SparseVector([new("t1", 1)]), false))],
            new SparseVector([new("t1", 1)]), SegmentSize: 1);
        var index = collection.Index();
        var scheduler = new CountingScheduler();
        var searcher = new ImpactSearcher(index.Open().IndexReader, scheduler);
        var query = Twins(collection, boost: 1, budget: null).Fast;
        Assert.Equal(6, searcher.Search(query, 3).TotalHits);
        Assert.NotEqual(0, scheduler.Count);
        index.Dispose();
        Assert.Throws<ObjectDisposedException>(() => searcher.Search(query, 3));
    }

    [Fact]
    public void Equals_compares_field_terms_and_boost()
    {
        var query = CreateQuery("f", 1, new("a", 1), new("b", 2));
        Assert.Equal(query, CreateQuery("f", 1, new("b", 2), new("a", 1)));
        Assert.Equal(query.GetHashCode(), CreateQuery("f", 1, new("b", 2), new("a", 1)).GetHashCode());
        Assert.All(
            new[]
            {
                CreateQuery("g", 1, new("a", 1), new("b", 2)), CreateQuery("f", 2, new("a", 1), new("b", 2)),
                CreateQuery("f", 1, new("a", 1), new("b", 3)), CreateQuery("f", 1, new TermImpact("a", 1)),
            },
            other => Assert.NotEqual(query, other));
        Assert.Equal("f:(a^1 b^2)^3", CreateQuery("f", 3, new("b", 2), new("a", 1)).ToString());
    }

    [Theory]
    [InlineData("a", 0, "'a' has impact 0")]
    [InlineData("b", 1, "Duplicate term 'b'")]
    [InlineData("", 1, "empty term")]
    public void Constructor_with_invalid_term_throws(string term, int impact, string problem) => Assert.Contains(
        problem,
        Assert.Throws<ArgumentException>(
            () => CreateQuery("f", 1, new TermImpact(term, impact), new TermImpact("b", 2))).Message,
        StringComparison.Ordinal);

    private sealed class CountingScheduler : TaskScheduler
    {
        private int _count;

        public int Count => _count;

        protected override void QueueTask(Task task)
        {
            Interlocked.Increment(ref _count);
            ThreadPool.QueueUserWorkItem(_ => TryExecuteTask(task));
        }

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

        protected override IEnumerable<Task> GetScheduledTasks() => [];
    }

    private static ImpactQuery CreateQuery(string field, float boost, params TermImpact[] terms) =>
        new(field, terms) { Boost = boost };

    private static (Query Fast, Query Slow) Twins(ImpactCollection collection, float boost, long? budget)
    {
        var (fast, slow) = Twins(collection.Query, ImpactCollection.QueryScale, budget);
        (fast.Boost, slow.Boost) = (boost, boost);
        return (fast, slow);
    }

    private static (Query Fast, Query Slow) Twins(SparseVector vector, ImpactScale scale, long? budget) => (
        new ImpactQuery(Body, scale.Quantize(vector), budget is { } bytes ? new ImpactCache(bytes) : null),
        BooleanImpactQuery.Create(Body, vector, scale));

    private static TopDocs Collect(IndexSearcher searcher, Query query, ScoreDoc? after, int count, bool isInOrder)
    {
        var collector = TopScoreDocCollector.Create(count, after, isInOrder);
        searcher.Search(query, collector);
        return collector.GetTopDocs();
    }

    private static TermQuery Has(string term) => new(new Term(Body, term));

    private static void AssertSame(TopDocs expected, TopDocs actual)
    {
        Assert.Equal(expected.TotalHits, actual.TotalHits);
        Assert.Equal(
            expected.ScoreDocs.Select(hit => (hit.Doc, hit.Score)),
            actual.ScoreDocs.Select(hit => (hit.Doc, hit.Score)));
    }
}
