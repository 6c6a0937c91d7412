using CsCheck;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using LuceneLsr.Indexing;
using LuceneLsr.Search;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Search;

public class ImpactBulkScorerTests
{
    private const string Body = ImpactIndex.Body;
    private const int Documents = 90_000;

    // Lucene asks for parts of a segment, for example for 2,048 documents at a time in a disjunction.
    [Fact]
    public void Score_segment_in_parts_equals_iteration() => Gen.Select(
        ImpactCollection.Any, Gen.Int[1, 9].Array[1, 30], Gen.Bool, Gen.OneOf(Gen.Const(1f), Gen.Const(0.3f))).Sample(
        (collection, steps, isBitSet, boost) =>
        {
            using var index = collection.Index();
            var searcher = index.Open();
            var terms = ImpactCollection.QueryScale.Quantize(collection.Query);
            var weight = searcher.CreateNormalizedWeight(new ImpactQuery(Body, terms) { Boost = boost });
            foreach (var leaf in searcher.IndexReader.Leaves)
            {
                var accepted = new EveryThirdDocument(isBitSet).GetDocIdSet(leaf, leaf.AtomicReader.LiveDocs).Bits;
                Assert.Equal(
                    Iterate(weight.GetScorer(leaf, accepted)),
                    ScoreInParts(weight.GetBulkScorer(leaf, scoreDocsInOrder: true, accepted), steps));
            }
        },
        iter: 200);

    // Two of six ranges have no document that the filter lets through, one has all, three have one or two.
    [Theory]
    [InlineData(1)]
    [InlineData(0.3f)]
    public void Search_under_filter_that_leaves_ranges_empty_equals_boolean_query(float boost)
    {
        using var index = CreateLargeIndex();
        var searcher = index.Open();
        Assert.Single(searcher.IndexReader.Leaves);
        var bits = new FixedBitSet(Documents);
        bits.Set(16_384 * 2, 16_384 * 3);
        bits.Set(16_384 * 4 + 17);
        bits.Set(16_384 * 4 + 40);
        bits.Set(Documents - 1);
        bits.Set(3);
        var filter = new BitSetFilter(bits);
        var vector = new SparseVector([new("all", 2), new("every7", 30), new("every17", 5)]);
        Query fast = new ImpactQuery(Body, ImpactScale.Identity.Quantize(vector)) { Boost = boost };
        Query slow = BooleanImpactQuery.Create(Body, vector, ImpactScale.Identity);
        slow.Boost = boost;
        foreach (var count in new[] { 1, 10, 1_000, Documents })
        {
            var expected = searcher.Search(slow, filter, count);
            var actual = searcher.Search(fast, filter, count);
            Assert.Equal(expected.TotalHits, actual.TotalHits);
            Assert.Equal(GetHits(expected), GetHits(actual));
            Assert.Equal(
                GetHits(searcher.SearchAfter(expected.ScoreDocs[^1], slow, filter, count)),
                GetHits(searcher.SearchAfter(expected.ScoreDocs[^1], fast, filter, count)));
        }
    }

    [Fact]
    public void Score_with_bit_set_shorter_or_longer_than_segment_accepts_its_documents()
    {
        using var index = CreateLargeIndex();
        var searcher = index.Open();
        var leaf = Assert.Single(searcher.IndexReader.Leaves);
        var weight = searcher.CreateNormalizedWeight(new ImpactQuery(Body, [new("all", 1)]));
        foreach (var length in new[] { 1, 64, 20_000, Documents + 100_000 })
        {
            var bits = new FixedBitSet(length);
            bits.Set(0, Math.Min(length, Documents));
            var collector = new RecordingCollector();
            weight.GetBulkScorer(leaf, scoreDocsInOrder: true, bits).Score(collector);
            Assert.Equal(
                Enumerable.Range(0, Math.Min(length, Documents)), collector.Hits.Select(hit => hit.Document));
        }
    }

    [Fact]
    public void Search_after_deletions_equals_boolean_query()
    {
        using var index = CreateLargeIndex();
        index.Writer.DeleteDocuments(new Term(Body, "every3"), new Term(Body, "every8"));
        var searcher = index.Open();
        var vector = new SparseVector([new("all", 2), new("every7", 30), new("every8", 50)]);
        var expected = searcher.Search(BooleanImpactQuery.Create(Body, vector, ImpactScale.Identity), 100);
        var actual = searcher.Search(new ImpactQuery(Body, ImpactScale.Identity.Quantize(vector)), 100);
        Assert.Equal(Documents * 38 / 40, actual.TotalHits);
        Assert.Equal(expected.TotalHits, actual.TotalHits);
        Assert.Equal(GetHits(expected), GetHits(actual));
    }

    [Fact]
    public void Collector_that_stops_the_search_gets_no_more_documents()
    {
        using var index = CreateLargeIndex();
        var searcher = index.Open();
        var query = new ImpactQuery(Body, [new("all", 1)]);
        var expected = GetHits(searcher.Search(query, 10)).ToList();
        for (var run = 0; run < 3; run++)
        {
            var collector = new RecordingCollector { MaxHits = 20_000 };
            searcher.Search(query, collector); // catches the exception
            Assert.Equal(20_000, collector.Hits.Count);
            Assert.Equal(expected, GetHits(searcher.Search(query, 10)));
        }
    }

    [Fact]
    public void Scorer_after_its_last_document_stays_there()
    {
        using var index = CreateLargeIndex();
        var searcher = index.Open();
        var leaf = Assert.Single(searcher.IndexReader.Leaves);
        var weight = searcher.CreateNormalizedWeight(new ImpactQuery(Body, [new("every7", 1)]));
        var scorer = weight.GetScorer(leaf, acceptDocs: null);
        Assert.Equal(Documents / 40, Iterate(scorer).Count);
        Assert.Equal(DocIdSetIterator.NO_MORE_DOCS, scorer.NextDoc());
        Assert.Equal(DocIdSetIterator.NO_MORE_DOCS, scorer.Advance(7));
        var bulk = weight.GetBulkScorer(leaf, scoreDocsInOrder: true, acceptDocs: null);
        Assert.False(bulk.Score(new RecordingCollector(), DocIdSetIterator.NO_MORE_DOCS));
        Assert.False(bulk.Score(new RecordingCollector { MaxHits = 0 }, DocIdSetIterator.NO_MORE_DOCS));
    }

    // Document d has "all" and "every" with d modulo 40.
    private static ImpactIndex CreateLargeIndex()
    {
        var index = new ImpactIndex(
            new KeywordAnalyzer(), storage: new IndexStorage(IsOnDisk: true, IsCompound: false, IndexStorage.Fast));
        using var bulk = new ImpactBulkWriter(index.Writer, Body, ImpactScale.Identity);
        for (var document = 0; document < Documents; document++)
        {
            bulk.Add([], new SparseVector([
                new("all", 1 + (document % 97)), new($"every{document % 40}", 1 + (document % 11)),
            ]));
        }

        return index;
    }

    private static List<(int Document, float Score)> Iterate(Scorer? scorer)
    {
        var hits = new List<(int, float)>();
        while (scorer is not null && scorer.NextDoc() != DocIdSetIterator.NO_MORE_DOCS)
        {
            hits.Add((scorer.DocID, scorer.GetScore()));
        }

        return hits;
    }

    private static List<(int Document, float Score)> ScoreInParts(BulkScorer? scorer, int[] steps)
    {
        var collector = new RecordingCollector();
        var (end, step) = (0, 0);
        while (scorer?.Score(collector, end += steps[step++ % steps.Length]) == true)
        {
            Assert.All(collector.Hits, hit => Assert.True(hit.Document < end));
        }

        return collector.Hits;
    }

    private static IEnumerable<(int, float)> GetHits(TopDocs found) =>
        found.ScoreDocs.Select(hit => (hit.Doc, hit.Score));

    private sealed class BitSetFilter(FixedBitSet bits) : Filter
    {
        public override DocIdSet GetDocIdSet(AtomicReaderContext context, IBits? acceptDocs) => bits;
    }

    private sealed class RecordingCollector : ICollector
    {
        private Scorer? _scorer;

        public List<(int Document, float Score)> Hits { get; } = [];

        public int MaxHits { get; init; } = int.MaxValue;

        public bool AcceptsDocsOutOfOrder => false;

        public void SetScorer(Scorer scorer) => _scorer = scorer;

        public void Collect(int doc)
        {
            if (Hits.Count == MaxHits)
            {
                throw new CollectionTerminatedException();
            }

            Assert.Equal(doc, _scorer!.DocID);
            Hits.Add((doc, _scorer.GetScore()));
        }

        public void SetNextReader(AtomicReaderContext context)
        {
        }
    }
}
