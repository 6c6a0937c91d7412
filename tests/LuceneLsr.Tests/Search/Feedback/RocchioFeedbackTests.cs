using CsCheck;
using Lucene.Net.Search;
using LuceneLsr.Edits;
using LuceneLsr.Postings;
using LuceneLsr.Search;
using LuceneLsr.Search.Feedback;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Search.Feedback;

public class RocchioFeedbackTests
{
    private const string Body = ImpactIndex.Body;

    [Fact]
    public void Expand_matches_formula_worked_by_hand()
    {
        var query = new ImpactQuery(Body, [new("a", 30), new("b", 40)]); // length 50: 0.6, 0.8
        var feedback = new RocchioFeedback { QueryWeight = 1, FeedbackWeight = 1, ExpansionTerms = 1 };
        SparseVector[] documents =
        [
            new([new("a", 3), new("c", 4)]), // length 5: 0.6, 0.8
            SparseVector.Empty, // has no say
            new([new("c", 6), new("d", 8)]), // length 10: 0.6, 0.8
        ];

        // The mean is a 0.3, c 0.7, d 0.4; d is not kept. a 0.9, b 0.8, c 0.7 have length 1.3928.
        var expanded = feedback.Expand(query, documents);
        Assert.Equal(
            [new("a", 32), new("b", 29), new("c", 25)], // 50 x 0.9 / 1.3928, ...
            expanded.Terms);
    }

    [Fact]
    public void Expand_by_hits_equals_brute_force() => Gen.Select(
        ImpactCollection.Any, Gen.Int[1, 8], Gen.Int[0, 10], Gen.Float[0.1f, 2f], Gen.Float[0f, 2f]).Sample(
        (collection, documents, terms, queryWeight, feedbackWeight) =>
        {
            using var index = collection.Index();
            var searcher = new ImpactSearcher(index.Open().IndexReader);
            var query = new ImpactQuery(Body, ImpactCollection.QueryScale.Quantize(collection.Query));
            var feedback = new RocchioFeedback
            {
                Documents = documents,
                ExpansionTerms = terms,
                QueryWeight = queryWeight,
                FeedbackWeight = feedbackWeight,
            };
            var hits = searcher.Search(query, documents).ScoreDocs.Select(hit => ImpactCollection.DocumentScale
                .Quantize(collection.Documents[int.Parse(
                    searcher.Doc(hit.Doc).Get("id").AsSpan(1), System.Globalization.CultureInfo.InvariantCulture)]
                    .Vector));
            Assert.Equal(
                ExpandByBruteForce([.. query.Terms], [.. hits], feedback),
                feedback.Expand(query, searcher).Terms);
        },
        iter: 200);

    [Fact]
    public void Expand_without_hits_or_terms_returns_same_query()
    {
        using var index = new ImpactCollection(
            [(new SparseVector([new("a", 1)]), false)], SparseVector.Empty, SegmentSize: 1).Index();
        var searcher = index.Open();
        ImpactQuery none = new(Body, [new("z", 1)]), empty = new(Body, []);
        Assert.Same(none, new RocchioFeedback().Expand(none, searcher));
        Assert.Same(empty, new RocchioFeedback().Expand(empty, searcher));
        Assert.Same(empty, new RocchioFeedback().Expand(empty, [new SparseVector([new("a", 1)])]));
    }

    [Fact]
    public void Expand_without_feedback_weight_keeps_impacts()
    {
        var query = new ImpactQuery(Body, [new("a", 7), new("b", 113)]);
        var expanded = new RocchioFeedback { FeedbackWeight = 0 }.Expand(query, [new SparseVector([new("c", 4)])]);
        Assert.Equal(query.Terms, expanded.Terms);
    }

    [Fact]
    public void Expand_keeps_boost_cache_and_budget_and_obeys_filter()
    {
        using var index = new ImpactCollection(
            [.. new[] { "b", "c" }.Select(term => (new SparseVector([new("a", 1), new(term, 1)]), false))],
            SparseVector.Empty, SegmentSize: 2).Index();
        var budget = new SearchBudget(Timeout.InfiniteTimeSpan);
        var query = new ImpactQuery(Body, [new("a", 100)], new ImpactCache(0)) { Boost = 3, Budget = budget };
        var expanded = new RocchioFeedback().Expand(query, index.Open(), new ExcludedDocuments(0));
        Assert.Equal(["a", "c"], expanded.Terms.Select(term => term.Term));
        Assert.Equal((query.Cache, 3, budget), (expanded.Cache, expanded.Boost, expanded.Budget));
    }

    [Fact]
    public void Expand_does_not_add_terms_that_rules_removed_and_obeys_rules_on_terms_that_it_adds()
    {
        using var index = new ImpactCollection(
            [(new SparseVector([new("a", 1), new("b", 1), new("c", 1)]), false)], SparseVector.Empty, SegmentSize: 2)
            .Index();
        var rules = new RelevanceRules(
        [
            new QueryRule { Id = "never", QueryTerms = ["word"], Term = "b", Factor = 0 },
            new DocumentRule { Id = "about", DocumentId = "d0", Term = "c", Impact = 50 },
        ]);
        var query = new ImpactQuery(Body, [new("a", 100), new("b", 100)]).WithRules(rules, "word");
        Assert.Null(query.Rules);
        var expanded = new RocchioFeedback().Expand(query, index.Open());
        Assert.Equal(["a", "c"], expanded.Terms.Select(term => term.Term));
        Assert.Same(rules, expanded.Rules);
    }

    [Fact]
    public void Setting_out_of_range_throws_naming_property()
    {
        Assert.Equal("Documents", GetRejectedProperty(() => new() { Documents = 0 }));
        Assert.Equal("ExpansionTerms", GetRejectedProperty(() => new() { ExpansionTerms = -1 }));
        Assert.Equal("QueryWeight", GetRejectedProperty(() => new() { QueryWeight = 0 }));
        Assert.Equal("FeedbackWeight", GetRejectedProperty(() => new() { FeedbackWeight = float.NaN }));
    }

    private static string? GetRejectedProperty(Func<RocchioFeedback> create) =>
        Assert.Throws<ArgumentOutOfRangeException>(create).ParamName;

    // Dense arrays over all terms, in term order.
    private static List<TermImpact> ExpandByBruteForce(
        List<TermImpact> query, List<IReadOnlyList<TermImpact>> documents, RocchioFeedback feedback)
    {
        documents.RemoveAll(document => document.Count == 0);
        if (documents.Count == 0)
        {
            return query;
        }

        string[] terms = [.. documents.SelectMany(document => document).Concat(query)
            .Select(term => term.Term).Distinct().Order(StringComparer.Ordinal)];
        var unit = Normalize(ToDense(query));
        double[] mean = [.. terms.Select((_, i) => documents.Average(document => Normalize(ToDense(document))[i]))];
        var added = Enumerable.Range(0, terms.Length).Where(i => unit[i] == 0 && mean[i] > 0)
            .OrderByDescending(i => Math.Round(mean[i], 12)).ThenBy(i => i).Take(feedback.ExpansionTerms).ToHashSet();
        double[] sum = [.. terms.Select((_, i) => unit[i] == 0 && !added.Contains(i)
            ? 0
            : (feedback.QueryWeight * unit[i]) + (feedback.FeedbackWeight * mean[i]))];
        var length = Math.Sqrt(query.Sum(term => (double)term.Impact * term.Impact));
        return [.. Normalize(sum)
            .Select((weight, i) => new TermImpact(
                terms[i], (int)Math.Round(weight * length, MidpointRounding.AwayFromZero)))
            .Where(term => term.Impact > 0)];

        double[] ToDense(IReadOnlyList<TermImpact> vector) =>
            [.. terms.Select(term => (double)vector.FirstOrDefault(entry => entry.Term == term).Impact)];
    }

    private static double[] Normalize(double[] vector)
    {
        var length = Math.Sqrt(vector.Sum(weight => weight * weight));
        return [.. vector.Select(weight => weight / length)];
    }
}
