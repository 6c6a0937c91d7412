using CsCheck;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Evaluation.Tests.Support;

namespace LuceneLsr.Evaluation.Tests.Rankers;

public sealed class SparseRankerTests
{
    private const int Factor = 10;
    private const int Maximum = 20;

    private static readonly BeirDocument[] Three =
    [
        TermListEncoder.Document("x", "a=1 b=0.5"), TermListEncoder.Document("y", "a=1"),
        TermListEncoder.Document("z", "b=1 c=0.7 d=2"),
    ];

    private static readonly Gen<(string Term, float Weight)[]> Vectors =
        Gen.Select(Gen.Int[0, 9].HashSet[0, 6], Gen.Float[0, 3].Array[6])
            .Select((terms, weights) => terms.Zip(weights, (term, weight) => ($"t{term}", weight)).ToArray());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Search_ranks_by_the_dot_product_of_rounded_weights() =>
        Gen.Select(Vectors.Array[0, 300], Vectors, Gen.Int[1, 40]).Sample(
            (documents, query, count) =>
            {
                using var ranker = Create([.. documents.Index().Select(
                    document => TermListEncoder.Document($"d{document.Index}", TermListEncoder.Text(document.Item)))]);
                var expected = documents.Index()
                    .Select(document => new ScoredDocument($"d{document.Index}", Product(document.Item, query)))
                    .Where(hit => hit.Score > 0)
                    .OrderByDescending(hit => hit.Score) // stable: ties keep the order of indexing
                    .Take(count)
                    .ToList();
                var actual = ranker.Search(TermListEncoder.Text(query), count);
                Assert.Equal(expected.Select(hit => hit.DocumentId), actual.Select(hit => hit.DocumentId));
                Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First.Score, pair.Second.Score, 1e-9));
            },
            iter: 100);

    [Fact]
    public void Rank_scores_requested_documents_below_the_count()
    {
        using var ranker = Create(Three);
        var request = new RankingRequest("a=1 b=1") { AlsoScored = ["z", "x", "y", "unknown"] };
        Assert.Equal(
            [new("x", 1.5), new("y", 1), new("z", 1)], Assert.Single(ranker.Rank([request], 1, Cancellation)));
    }

    [Fact]
    public void Rank_returns_rankings_in_the_order_of_requests()
    {
        using var ranker = Create(Three);
        Assert.Equal(
            [ranker.Search("c=1", 3), ranker.Search("a=1", 3), ranker.Search("c=1", 3)],
            ranker.Rank([new("c=1"), new("a=1"), new("c=1")], 3, Cancellation));
    }

    [Fact]
    public void Each_side_is_encoded_by_its_own_encoder()
    {
        using ISparseEncoder queries = new TermListEncoder(TextSide.Query);
        using ISparseEncoder documents = new TermListEncoder(TextSide.Document);
        using var ranker = Create(Three, new(queries, documents));
        Assert.Equal([new("z", 0.7)], ranker.Search("c=1", 5));
    }

    [Fact]
    public void Create_with_encoders_of_different_vocabularies_throws()
    {
        using ISparseEncoder queries = new TermListEncoder(TextSide.Query) { VocabularyId = "others" };
        var exception = Assert.Throws<ArgumentException>(
            () => Create(Three, new(queries, TermListEncoder.BothSides.Document)));
        Assert.Contains("'others'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranker_without_score_unit_scores_by_products_of_impacts()
    {
        var encoder = TermListEncoder.BothSides.Document;
        using var index = SparseIndex.CreateInMemory(
            Three.Select(document => (document, encoder.Encode(document.Text, TextSide.Document))), encoder,
            new ImpactScale(Factor));
        using var ranker = new SparseRanker(index, encoder, new ImpactScale(2 * Factor));
        Assert.Equal([new("z", 7 * 20)], ranker.Search("c=1", 5));
    }

    [Fact]
    public void Terms_per_query_counts_terms_after_rounding()
    {
        using var ranker = Create(Three);
        Assert.Equal(0, ranker.TermsPerQuery);
        ranker.Search("a=1 b=1", 1);
        ranker.Search("a=1 b=0.01 c=2 d=1 e=1", 1);
        Assert.Equal(3, ranker.TermsPerQuery);
    }

    [Fact]
    public void Create_reports_each_document_once()
    {
        var reported = new List<int>();
        using var ranker = SparseRanker.Create(
            TermListEncoder.BothSides, new ImpactScale(Factor), Many(300), reported.Add, Cancellation);
        Assert.True(reported.Count > 1);
        Assert.Equal(300, reported.Sum());
    }

    [Fact]
    public void Create_stops_when_canceled()
    {
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => SparseRanker.Create(
            TermListEncoder.BothSides, new ImpactScale(Factor), Many(300), _ => source.Cancel(), source.Token));
    }

    [Fact]
    public void Search_in_an_empty_collection_finds_nothing()
    {
        using var ranker = Create([]);
        Assert.Empty(ranker.Search("a=1", 5));
    }

    private static SparseRanker Create(BeirDocument[] documents, PerSide<ISparseEncoder>? encoders = null) =>
        SparseRanker.Create(
            encoders ?? TermListEncoder.BothSides, new ImpactScale(Factor, Maximum), documents,
            cancellationToken: Cancellation);

    private static IEnumerable<BeirDocument> Many(int count) =>
        Enumerable.Range(0, count).Select(number => TermListEncoder.Document($"d{number}", $"a=1 b{number}=2"));

    // Summed in integers, so that ties are exact.
    private static double Product((string Term, float Weight)[] left, (string Term, float Weight)[] right) => left.Sum(
        one => right.Where(two => two.Term == one.Term).Sum(two => Impact(one.Weight) * Impact(two.Weight)))
        / (double)(Factor * Factor);

    private static int Impact(float weight) => Math.Min((int)Math.Floor(((double)weight * Factor) + 0.5), Maximum);
}
