using System.ComponentModel.DataAnnotations;
using LuceneLsr.Edits;
using LuceneLsr.Evaluation.Fusion;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Playground.Messages;
using LuceneLsr.Playground.Tests.Support;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Playground.Tests.Searching;

public sealed class PlaygroundEngineTests(TinyPlayground playground) : IClassFixture<TinyPlayground>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Lsr_ranks_by_the_dot_product_of_impacts()
    {
        var hits = Rank(new() { Text = "cut movie", Count = 100 }, Engines.Lsr).Hits;
        using var encoder = new SynonymEncoder();
        var scale = new ImpactScale(10);
        var query = scale.ToImpactVector(encoder.Encode("cut movie", TextSide.Query, Cancellation));
        var expected = TinyPlayground.Documents
            .Select(document => (document.Id, Score: Multiply(
                query, scale.ToImpactVector(encoder.Encode(document.Contents, TextSide.Document, Cancellation)))))
            .Where(document => document.Score > 0)
            .OrderByDescending(document => document.Score);
        Assert.Equal(expected.Select(document => document.Id), hits.Select(hit => hit.Id));
        Assert.Equal(expected.Select(document => document.Score), hits.Select(hit => hit.Score));
        Assert.Equal(Enumerable.Range(1, hits.Count), hits.Select(hit => hit.Rank));
    }

    [Fact]
    public void Hybrid_fuses_both_rankings_by_the_weight_of_LSR()
    {
        var request = new SearchRequest { Text = "cut movie", Count = 100, HybridWeight = 0.3 };
        var expected = ScoreFusion.FuseRankings(ToRanking(Engines.Lsr), ToRanking(Engines.Bm25), 0.3);
        Assert.Equal(expected, ToRanking(Engines.Hybrid));

        List<ScoredDocument> ToRanking(string engine) =>
            [.. Rank(request, engine).Hits.Select(hit => new ScoredDocument(hit.Id, hit.Score))];
    }

    [Fact]
    public void Bm25_parameters_change_the_ranking_as_in_the_baseline()
    {
        using var index = new Bm25Index(TinyPlayground.Documents.Select(document => (document.Id, document.Contents)));
        var parameters = new Bm25Parameters { K1 = 2, B = 1 };
        Assert.Equal(
            index.Search("cut movie", 10, parameters).Select(hit => hit.Score),
            Rank(new() { Text = "cut movie", K1 = 2, B = 1 }, Engines.Bm25).Hits.Select(hit => hit.Score));
    }

    [Fact]
    public void Terms_tell_own_words_from_expansion_and_count_postings()
    {
        var terms = playground.Engine.Search(new() { Text = "cut movie" }, Cancellation).Terms
            .ToDictionary(term => term.Term);
        Assert.Equal(["actor", "cut", "film", "movie", "trim"], terms.Keys.Order());
        Assert.Equal((20, 20, true, 2), Describe(terms["cut"]));
        Assert.Equal((10, 10, false, 3), Describe(terms["trim"]));

        static (int, int, bool, int) Describe(ExpansionTerm term) =>
            (term.Weight, term.Searched, term.IsOwn, term.Postings);
    }

    [Fact]
    public void Explicit_terms_replace_those_of_the_encoder_without_encoding()
    {
        var before = playground.Encoder.Encoded;
        var answer = playground.Engine.Search(
            new() { Text = "a text never seen", Terms = [new() { Term = "board", Weight = 700 }, new() { Term = "film", Weight = 0 }] },
            Cancellation);
        Assert.Equal(before, playground.Encoder.Encoded);
        var hit = Assert.Single(answer.Rankings.Single(ranking => ranking.Engine == Engines.Lsr).Hits);
        Assert.Equal(("chess", 700 * 20d), (hit.Id, hit.Score));
        Assert.Equal([("board", 700), ("film", 0)], answer.Terms.Select(term => (term.Term, term.Searched)));
    }

    [Fact]
    public void Search_same_text_twice_encodes_it_once()
    {
        playground.Engine.Search(new() { Text = "encode me once" }, Cancellation);
        var before = playground.Encoder.Encoded;
        playground.Engine.Search(new() { Text = "encode me once", MinRatio = 0.5f }, Cancellation);
        Assert.Equal(before, playground.Encoder.Encoded);
    }

    [Fact]
    public void Dials_leave_out_light_terms_but_show_them()
    {
        var byNumber = playground.Engine.Search(new() { Text = "cut movie", QueryTerms = 1 }, Cancellation).Terms;
        Assert.Equal((5, 1), (byNumber.Count, byNumber.Count(term => term.Searched > 0)));
        var byRatio = playground.Engine.Search(new() { Text = "cut movie", MinRatio = 0.6f }, Cancellation).Terms;
        Assert.Equal(["cut", "movie"], byRatio.Where(term => term.Searched > 0).Select(term => term.Term).Order());
    }

    [Fact]
    public void Feedback_adds_terms_of_the_first_hits()
    {
        var request = new SearchRequest { Text = "dress", FeedbackDocuments = 1, FeedbackTerms = 2, FeedbackWeight = 1 };
        var added = playground.Engine.Search(request, Cancellation).Terms.Where(term => term.Weight == 0).ToList();
        Assert.Equal(2, added.Count);
        Assert.All(added, term => Assert.True(term.Searched > 0));
        Assert.All(added, term => Assert.Contains(term.Term, "tailor cut cloth and trim a dress", StringComparison.Ordinal));
    }

    [Fact]
    public void Judged_query_has_metrics_and_grades()
    {
        var answer = playground.Engine.Search(new() { Text = " Cut MOVIE " }, Cancellation);
        Assert.Equal(("q1", 2), (answer.QueryId, answer.Relevant));
        var ranking = answer.Rankings.Single(ranking => ranking.Engine == Engines.Lsr);
        var grades = ranking.Hits.ToDictionary(hit => hit.Id, hit => hit.Grade);
        Assert.Equal((2, 1, null), (grades["cutter"], grades["editor"], grades["tailor"]));
        Assert.Equal(2, ranking.RelevantFound);
        var places = ranking.Hits.ToDictionary(hit => hit.Id, hit => hit.Rank);
        var dcg = (2 / Math.Log2(places["cutter"] + 1)) + (1 / Math.Log2(places["editor"] + 1));
        Assert.Equal(dcg / (2 + (1 / Math.Log2(3))), ranking.Ndcg!.Value, 1e-9);
    }

    [Fact]
    public void Query_without_judgments_has_no_metrics()
    {
        var answer = playground.Engine.Search(new() { Text = "cut" }, Cancellation);
        Assert.Null(answer.QueryId);
        Assert.All(answer.Rankings, ranking => Assert.Null(ranking.Ndcg));
    }

    [Fact]
    public void Hit_has_its_ranks_in_the_other_rankings()
    {
        var rankings = playground.Engine.Search(new() { Text = "cut movie", Count = 100 }, Cancellation).Rankings;
        foreach (var hit in rankings.SelectMany(ranking => ranking.Hits))
        {
            Assert.Equal(
                rankings.Select(other => other.Hits.FirstOrDefault(found => found.Id == hit.Id)?.Rank),
                rankings.Select(other => hit.Ranks[other.Engine]));
        }

        Assert.Null(rankings.Single(ranking => ranking.Engine == Engines.Lsr).Hits
            .Single(hit => hit.Id == "editor").Ranks[Engines.Bm25]);
    }

    [Theory]
    [InlineData("cutter")]
    [InlineData("editor")]
    [InlineData("chess")]
    public void Explanation_adds_up_to_the_scores(string id)
    {
        var search = new SearchRequest { Text = "cut movie", Count = 100 };
        var explanation = playground.Engine.Explain(new() { Id = id, Search = search }, Cancellation);
        foreach (var score in explanation.Scores)
        {
            var hit = Rank(search, score.Engine).Hits.FirstOrDefault(hit => hit.Id == id);
            Assert.Equal(hit?.Rank, score.Rank);
            Assert.Equal(score.Score, score.Reasons.Sum(reason => reason.Score), 1e-9);
            if (hit is not null)
            {
                Assert.Equal(hit.Score, score.Score, 1e-5);
            }
        }

        var learned = explanation.Scores.Single(score => score.Engine == Engines.Lsr);
        Assert.All(learned.Reasons, reason => Assert.Equal(reason.Query!.Value * reason.Document!.Value, reason.Score));
        Assert.Equal(
            ["actor", "cut", "film", "movie", "trim"],
            learned.Reasons.Select(reason => reason.Term).Concat(explanation.Missing).Order());
    }

    [Fact]
    public void Unknown_document_is_not_found()
    {
        SearchRequest search = new() { Text = "cut" };
        Action[] questions =
        [
            () => playground.Engine.Explain(new() { Id = "none", Search = search }, Cancellation),
            () => playground.Engine.FindPassages(new() { Ids = ["chess", "none"], Search = search }, Cancellation),
            () => playground.Engine.Read("none"),
        ];
        Assert.All(questions, question => Assert.Contains(
            "no document with the id 'none'", Assert.Throws<KeyNotFoundException>(question).Message,
            StringComparison.Ordinal));
    }

    [Fact]
    public void Rule_for_a_field_that_the_index_lacks_has_a_problem()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("rules.json");
        var rule = new QueryRule { Id = "a", QueryTerms = ["cut"], Term = "trim", Factor = 0 };
        new RelevanceRules([rule, rule with { Id = "b", Field = "contents" }, rule with { Id = "c", Field = "body" }])
            .Save(path);
        using var index = TinyPlayground.CreateIndex(storesTexts: true);
        using var engine = TinyPlayground.CreateEngine(index, playground.Encoder, path);
        var problems = engine.Rules.List().Rules.Select(view => view.Problem).ToList();
        Assert.Equal((null, null), (problems[0], problems[1]));
        Assert.Contains(
            "'c' has no effect on this index: it is for the field 'body', but the learned field here is 'contents'",
            problems[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Index_without_texts_has_lsr_alone()
    {
        using var index = TinyPlayground.CreateIndex(storesTexts: false);
        using var engine = TinyPlayground.CreateEngine(index, playground.Encoder);
        var ranking = Assert.Single(engine.Search(new() { Text = "cut movie" }, Cancellation).Rankings);
        Assert.Equal(Engines.Lsr, ranking.Engine);
        Assert.All(ranking.Hits, hit => Assert.Equal(("", 0), (hit.Title, hit.Snippet.Count)));
        Assert.Equal([Engines.Lsr], engine.Info.Engines);
        Assert.NotNull(engine.Explain(new() { Id = "cutter", Search = new() { Text = "cut" } }, Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("zeppelin")]
    public void Search_without_matching_terms_finds_nothing(string text) => Assert.All(
        playground.Engine.Search(new() { Text = text }, Cancellation).Rankings,
        ranking =>
        {
            Assert.Equal(ranking.Engine == Engines.Hybrid ? null : 0, ranking.Found);
            Assert.Empty(ranking.Hits);
        });

    [Fact]
    public void Search_request_out_of_limits_is_refused_and_the_message_names_the_limit()
    {
        AssertRefused(new() { Text = new string('a', 2_001) }, "2000 characters");
        AssertRefused(new() { Text = "a", Count = 0 }, "count must be from 1 to 100");
        AssertRefused(new() { Text = "a", HybridWeight = 1.1 }, "hybridWeight must be from 0 to 1");
        AssertRefused(new() { Text = "a", MinRatio = float.NaN }, "minRatio must be from 0 to 1");
        AssertRefused(new() { Text = "a", Terms = [new() { Term = "b", Weight = -1 }] }, "weight of a term");
        AssertRefused(new() { Text = "a", Terms = [new() { Term = "", Weight = 1 }] }, "needs a term");
        AssertRefused(new() { Text = "a", Terms = [.. Enumerable.Range(0, 501).Select(
            number => new QueryTerm { Term = $"{number}", Weight = 1 })] }, "more than 500 terms");

        static void AssertRefused(SearchRequest request, string message) => Assert.Contains(
            message, Assert.Throws<ValidationException>(() => MessageValidator.Validate(request)).Message,
            StringComparison.Ordinal);
    }

    private static double Multiply(SparseVector left, SparseVector right) => left.Entries.Sum(
        entry => entry.Weight * right.Entries.FirstOrDefault(other => other.Term == entry.Term).Weight);

    private Ranking Rank(SearchRequest request, string engine) => playground.Engine.Search(request, Cancellation).Rankings
        .Single(ranking => ranking.Engine == engine);
}
