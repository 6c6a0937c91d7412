using CsCheck;
using Lucene.Net.Search;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Documents;
using LuceneLsr.Edits;
using LuceneLsr.QueryParsing;
using LuceneLsr.Search;
using LuceneLsr.Search.Fusion;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Edits;

public class QueryRuleTests
{
    private const string Body = ImpactIndex.Body;

    private static readonly TermImpact[] Expansion = [new("jaguar", 120), new("cat", 61), new("car", 50)];

    [Theory]
    [InlineData(0.5f, null, "jaguar^120 cat^31 car^50")] // 30.5 is rounded up
    [InlineData(0f, null, "jaguar^120 car^50")]
    [InlineData(2f, null, "jaguar^120 cat^122 car^50")]
    [InlineData(0.001f, null, "jaguar^120 car^50")] // rounded to 0
    [InlineData(1_000f, null, "jaguar^120 cat^61000 car^50")]
    [InlineData(null, 80, "jaguar^120 cat^80 car^50")]
    [InlineData(null, 20, "jaguar^120 cat^61 car^50")]
    public void Rule_changes_impact_of_its_term(float? factor, int? impact, string expected) =>
        AssertTerms(expected, Edit("Jaguar", Rule("cat") with { Factor = factor, Impact = impact }));

    [Fact]
    public void Rule_adds_term_that_expansion_lacks() =>
        AssertTerms("jaguar^120 cat^61 car^50 panther^80", Edit("jaguar", Rule("panther") with { Impact = 80 }));

    [Fact]
    public void Rule_on_term_that_expansion_lacks_changes_nothing()
    {
        var edited = Edit("jaguar", Rule("panther") with { Factor = 7 });
        Assert.Same(Expansion, edited.Impacts);
        Assert.Empty(edited.Edits);
    }

    // "car" is a term of the expansion of "jaguar", but no word of that text.
    [Theory]
    [InlineData("jaguar", "jaguar", true)]
    [InlineData("a JAGUAR, fast", "jaguar", true)]
    [InlineData("jaguars", "jaguar", false)] // other terms need the encoder's rule
    [InlineData("jaguar", "car", false)]
    [InlineData("fast jaguar car", "jaguar|car", true)]
    [InlineData("fast jaguar", "jaguar|car", false)]
    [InlineData("", "jaguar", false)]
    public void Rule_applies_if_text_contains_all_of_its_words(string text, string words, bool applies) => Assert.Equal(
        applies,
        Edit(text, Rule("cat") with { QueryTerms = words.Split('|'), Factor = 0 }).Edits.Count == 1);

    [Fact]
    public void Rule_compares_index_terms_of_words()
    {
        var rules = new RelevanceRules(
            [Rule("cat") with { Factor = 0 }],
            getTextTerms: text => text.Split(' ').Select(word => word.TrimEnd('s')));
        Assert.Single(rules.EditQuery(Body, "two jaguars", Expansion).Edits);
        Assert.Empty(rules.EditQuery(Body, "two jags", Expansion).Edits);
    }

    [Fact]
    public void Rule_of_other_field_or_disabled_rule_does_not_apply()
    {
        Assert.Empty(Edit("jaguar", Rule("cat") with { Factor = 0, Field = "title" }).Edits);
        Assert.Single(Edit("jaguar", Rule("cat") with { Factor = 0, Field = Body }).Edits);
        Assert.Empty(Edit("jaguar", Rule("cat") with { Factor = 0, IsEnabled = false }).Edits);
    }

    [Fact]
    public void Order_of_rules_has_no_effect() => Gen.Select(
        Gen.Select(Gen.Int[0, 3], Gen.Bool, Gen.Float[0, 3], Gen.Int[1, 200]).Array[1, 8], Gen.Int).Sample(
        (choices, seed) =>
        {
            QueryRule[] rules = [.. choices.Select((choice, index) => Rule($"t{choice.Item1}") with
            {
                Id = $"{index}",
                Factor = choice.Item2 ? choice.Item3 : null,
                Impact = choice.Item2 ? null : choice.Item4,
            }).DistinctBy(rule => rule.Content)];
            TermImpact[] terms = [new("t0", 100), new("t1", 7), new("t2", 1)];
            var expected = new RelevanceRules(rules).EditQuery(Body, "jaguar", terms).Impacts;
            new Random(seed).Shuffle(rules);
            var actual = new RelevanceRules(rules).EditQuery(Body, "jaguar", terms).Impacts;
            Assert.Equal(expected.OrderBy(term => term.Term), actual.OrderBy(term => term.Term));
            foreach (var (term, impact) in terms.Append(new("t3", 0)))
            {
                var own = rules.Where(rule => rule.Term == term).ToList();
                double edited = own.Select(rule => rule.Impact ?? 0).Append(impact).Max();
                own.ForEach(rule => edited *= rule.Factor ?? 1);
                Assert.Equal(
                    edited, actual.SingleOrDefault(found => found.Term == term).Impact, tolerance: 0.5 + 1e-3);
            }
        });

    [Fact]
    public void Removal_wins_over_addition() => AssertTerms(
        "jaguar^120 car^50",
        Edit("jaguar", Rule("cat") with { Impact = 500 }, Rule("cat") with { Id = "never", Factor = 0 }));

    [Fact]
    public void Query_keeps_boost_budget_and_cache()
    {
        var query = new ImpactQuery(Body, Expansion, new(1))
        {
            Boost = 3, Budget = new SearchBudget(Timeout.InfiniteTimeSpan),
        };
        var edited = query.WithRules(new RelevanceRules([Rule("cat") with { Factor = 0 }]), "jaguar");
        Assert.Equal((query.Boost, query.Budget, query.Cache), (edited.Boost, edited.Budget, edited.Cache));
        Assert.Equal("body:(car^50 jaguar^120)^3", edited.ToString());
    }

    [Fact]
    public void Explain_shows_changed_and_removed_terms_with_rules()
    {
        using var index = new ImpactIndex(new LsrAnalyzer(new WordEncoder(), ImpactScale.Identity));
        index.Add("d", new ImpactField(
            Body, new SparseVector([new("cat", 2), new("car", 3), new("dog", 1)]), ImpactScale.Identity));
        var query = new ImpactQuery(Body, Expansion).WithRules(
            new RelevanceRules(
            [
                Rule("cat") with { Id = "no-cat", Factor = 0 }, Rule("car") with { Id = "less-car", Factor = 0.5f },
            ]),
            "jaguar");
        var explanation = index.Open().Explain(query, 0);
        Assert.Equal((75, true), (explanation.Value, explanation.IsMatch));
        Assert.Equal(
            [
                "impact score of body:car, product of:",
                "impact score of body:cat, query weight, 61 edited to 0 by no-cat (x 0)",
            ],
            explanation.GetDetails().Select(detail => detail.Description));
        Assert.Equal(
            "query weight, 50 edited to 25 by less-car (x 0.5)",
            explanation.GetDetails()[0].GetDetails()[0].Description);
    }

    // The encoder expands "film" by "movie" with half its weight.
    [Theory]
    [InlineData("film", "body:(film^10 movie^3)")]
    [InlineData("(film) OR show", "body:(film^10 movie^3) body:(show^10)")]
    [InlineData("film^2", "body:(film^10 movie^3)^2")]
    [InlineData("scenes", "body:(film^5 scenes^10)")] // "film" is not a word of this text
    [InlineData("show -film", "body:(show^10) -body:(film^10)")]
    [InlineData("tape", "")] // its only term is removed
    [InlineData("show -tape", "body:(show^10)")]
    [InlineData("show -reel", "body:(show^10) -body:(spool^90)")]
    public void Parser_applies_rules_to_each_text(string query, string expected)
    {
        var parser = CreateParser();
        parser.Rules = new RelevanceRules(
        [
            Rule("movie") with { Id = "1", QueryTerms = ["film"], Factor = 0.5f },
            Rule("tape") with { Id = "2", QueryTerms = ["tape"], Factor = 0 },
            Rule("spool") with { Id = "3", QueryTerms = ["reel"], Impact = 90 },
        ]);
        Assert.Equal(expected, parser.Parse(query).ToString());
    }

    [Fact]
    public void Parser_applies_rules_of_each_weighted_field()
    {
        var parser = CreateParser();
        parser.FieldWeights.Add("title", 2);
        parser.FieldWeights.Add(Body, 1);
        parser.Rules = new RelevanceRules(
            [Rule("movie") with { QueryTerms = ["film"], Factor = 0, Field = "title" }]);
        Assert.Equal(
            "hybrid(2 x (title:(film^10)) + 1 x (body:(film^10 movie^5)))", parser.Parse("film").ToString());
    }

    [Fact]
    public void Parser_lays_edits_of_documents_over_index()
    {
        using var index = new ImpactIndex(new LsrAnalyzer(new WordEncoder(), new ImpactScale(10)));
        index.Add("d1", new ImpactField(Body, "show", Lucene.Net.Documents.Field.Store.NO));
        index.Add("d2", new ImpactField(Body, "film", Lucene.Net.Documents.Field.Store.NO));
        var parser = CreateParser();
        parser.Rules = new RelevanceRules(
        [
            new DocumentRule { Id = "1", DocumentId = "d1", Term = "film", Impact = 20 },
            new DocumentRule { Id = "2", DocumentId = "d2", Term = "film", Impact = -10 },
        ]);
        Assert.Equal(new() { ["d1"] = 200, ["d2"] = 25 }, index.Search(parser.Parse("film")));
        Assert.Equal(["d2"], index.Search(parser.Parse("*:* -film")).Keys); // its own word is gone
    }

    [Fact]
    public void Pruned_query_keeps_rules()
    {
        using var index = new ImpactIndex(new LsrAnalyzer(new WordEncoder(), ImpactScale.Identity));
        Enumerable.Range(0, 20).ToList().ForEach(document => index.Add($"d{document}", new ImpactField(
            Body, new SparseVector([new("a", 1), new($"b{document}", 1)]), ImpactScale.Identity)));
        var rules = new RelevanceRules(
            [new DocumentRule { Id = "1", DocumentId = "d1", Term = "b2", Impact = 9 }]);
        var query = new ImpactQuery(Body, [new("a", 1), new("b2", 9)]).WithRules(rules, "");
        var pruned = new FrequentTermPruning().Apply(query, index.Open().IndexReader);
        Assert.Equal("body:(b2^9)", pruned.ToString());
        Assert.Equal(new() { ["d1"] = 81, ["d2"] = 9 }, index.Search(pruned));
    }

    private static LsrQueryParser CreateParser() =>
        new(LuceneVersion.LUCENE_48, Body, new LsrAnalyzer(new WordEncoder(), new ImpactScale(10)));

    private static QueryRule Rule(string term) => new() { Id = "rule", QueryTerms = ["jaguar"], Term = term };

    private static EditedQuery Edit(string text, params QueryRule[] rules) =>
        new RelevanceRules(rules).EditQuery(Body, text, Expansion);

    private static void AssertTerms(string expected, EditedQuery actual) => Assert.Equal(
        expected, string.Join(' ', actual.Impacts.Select(term => $"{term.Term}^{term.Impact}")));
}
