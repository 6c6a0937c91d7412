using CsCheck;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Training.Mining;

namespace LuceneLsr.Training.Tests.Mining;

public sealed class SparseIndexTests
{
    private const int Factor = 10;
    private const int Maximum = 20;

    private static readonly PerSide<ISparseEncoder> Encoders =
        PerSide.Both<ISparseEncoder>(new TermListEncoder(TextSide.Query, TextSide.Document));

    private static readonly (string Id, string Text)[] Three =
        [("x", "a=1 b=0.5"), ("y", "a=1"), ("z", "b=1 c=0.7 d=2")];

    private static readonly Gen<(string Term, float Weight)[]> Vectors =
        Gen.Select(Gen.Int[0, 9].HashSet[0, 6], Gen.Float[0, 3].Array[6])
            .Select((terms, weights) => terms.Zip(weights, (term, weight) => ($"t{term}", weight)).ToArray());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Documents_are_ranked_by_the_dot_product_of_rounded_weights() =>
        Gen.Select(Vectors.Array[0, 300], Vectors, Gen.Int[1, 40]).Sample(
            (documents, query, count) =>
            {
                using var index = Index([.. documents.Index().Select(
                    document => ($"d{document.Index}", TermListEncoder.Text(document.Item)))]);
                var expected = documents.Index()
                    .Select(document => new ScoredDocument($"d{document.Index}", Product(document.Item, query)))
                    .Where(hit => hit.Score > 0)
                    .OrderByDescending(hit => hit.Score) // stable: equal scores by their place
                    .Take(count)
                    .ToList();
                var actual = index.Search(TermListEncoder.Text(query), count);
                Assert.Equal(expected.Select(hit => hit.DocumentId), actual.Select(hit => hit.DocumentId));
                Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First.Score, pair.Second.Score, 1e-9));
            },
            iter: 100);

    [Fact]
    public void Documents_beyond_the_count_are_scored_if_asked_for()
    {
        using var index = Index(Three);
        var request = new RankingRequest("a=1 b=1") { AlsoScored = ["z", "x", "y", "unknown"] };
        Assert.Equal([new("x", 1.5), new("y", 1), new("z", 1)], Assert.Single(index.Rank([request], 1, Cancellation)));
    }

    [Fact]
    public void Requests_are_answered_in_their_order()
    {
        using var index = Index(Three);
        Assert.Equal(
            [index.Search("c=1", 3), index.Search("a=1", 3), index.Search("c=1", 3)],
            index.Rank([new("c=1"), new("a=1"), new("c=1")], 3, Cancellation));
    }

    [Fact]
    public void Each_side_has_its_own_encoder()
    {
        using ISparseEncoder queries = new TermListEncoder(TextSide.Query);
        using ISparseEncoder documents = new TermListEncoder(TextSide.Document);
        using var index = Index(Three, new(queries, documents));
        Assert.Equal([new("z", 0.7)], index.Search("c=1", 5));
    }

    [Fact]
    public void Encoders_of_different_terms_are_refused()
    {
        using ISparseEncoder queries = new TermListEncoder(TextSide.Query) { VocabularyId = "others" };
        Assert.Throws<ArgumentException>(() => Index(Three, new(queries, Encoders.Document)));
    }

    [Fact]
    public void Terms_are_counted_that_are_left_after_rounding()
    {
        using var index = Index([.. Three, ("empty", ""), ("faint", "a=0.01")]);
        Assert.Equal(0, index.TermsPerQuery);
        index.Search("a=1 b=1", 1);
        index.Search("a=1 b=0.01 c=2 d=1 e=1", 1);
        Assert.Equal((6 / 5.0, 3), (index.TermsPerDocument, index.TermsPerQuery));
    }

    [Fact]
    public void More_postings_take_more_bytes()
    {
        using SparseIndex small = Index(Three), large = Index([.. Manifold(1_000)]);
        Assert.InRange(large.SizeInBytes, small.SizeInBytes + 2_000, 1 << 20);
    }

    [Fact]
    public void Each_document_is_reported_once()
    {
        var reported = new List<int>();
        using var index = new SparseIndex(
            Encoders, new ImpactScale(Factor), Manifold(300), reported.Add, Cancellation);
        Assert.True(reported.Count > 1);
        Assert.Equal(300, reported.Sum());
    }

    [Fact]
    public void Cancelling_ends_the_work()
    {
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => new SparseIndex(
            Encoders, new ImpactScale(Factor), Manifold(300), _ => source.Cancel(), source.Token));
    }

    [Fact]
    public void Nothing_is_found_in_an_empty_collection()
    {
        using var index = Index([]);
        Assert.Empty(index.Search("a=1", 5));
        Assert.Equal(0, index.TermsPerDocument);
    }

    private static SparseIndex Index((string Id, string Text)[] documents, PerSide<ISparseEncoder>? encoders = null) =>
        new(encoders ?? Encoders, new ImpactScale(Factor, Maximum), documents, cancellationToken: Cancellation);

    private static IEnumerable<(string Id, string Text)> Manifold(int count) =>
        Enumerable.Range(0, count).Select(number => ($"d{number}", $"a=1 b{number}=2"));

    // Summed in whole numbers, so that equal scores are equal.
    private static double Product((string Term, float Weight)[] left, (string Term, float Weight)[] right) => left.Sum(
        one => right.Where(two => two.Term == one.Term).Sum(two => Impact(one.Weight) * Impact(two.Weight)))
        / (double)(Factor * Factor);

    private static int Impact(float weight) => Math.Min((int)Math.Floor(((double)weight * Factor) + 0.5), Maximum);
}
