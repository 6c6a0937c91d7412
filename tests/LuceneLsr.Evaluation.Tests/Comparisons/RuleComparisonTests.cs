using Lucene.Net.Store;
using LuceneLsr.Edits;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Comparisons;
using LuceneLsr.Evaluation.Measurements;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Tests.Support;

namespace LuceneLsr.Evaluation.Tests.Comparisons;

/// <summary>A rule is tried by comparing one field with and without it.</summary>
public sealed class RuleComparisonTests : IDisposable
{
    private static readonly TermListEncoder Encoder = new(TextSide.Query);

    private readonly RAMDirectory _directory = new();
    private readonly SparseIndex _index;

    public RuleComparisonTests() => _index = SparseIndex.Create(
        _directory,
        [
            (new BeirDocument("piano", "", ""), new SparseVector([new("x", 3), new("y", 1)])),
            (new BeirDocument("bambam", "", ""), new SparseVector([new("x", 2), new("z", 1)])),
        ],
        Encoder, ImpactScale.Identity);

    public void Dispose()
    {
        _index.Dispose();
        _directory.Dispose();
    }

    /// <summary>The relevant document moves from rank 2 to rank 1: nDCG rises from 1 / log2(3) to 1.</summary>
    [Fact]
    public void Comparison_shows_what_a_rule_changes()
    {
        var rule = new DocumentRule { Id = "1", DocumentId = "bambam", Term = "x", Impact = 5 };
        var comparison = Compare(
            [rule], [new("judged", "x=1"), new("logged", "x=2"), new("other", "z=1")], [new("judged", "bambam", 1)]);
        Assert.Equal(["judged", "logged"], comparison.ChangedQueries.Select(query => query.Query.Id));
        Assert.Equal(1, comparison.MeanOverlap);
        Assert.Equal((0.6309, 1.0), (Math.Round(comparison.Ndcg!.FirstMean, 4), comparison.Ndcg.SecondMean));
        Assert.Equal(1, comparison.Ndcg.PValue);
    }

    [Fact]
    public void Query_rule_applies_to_texts_that_have_its_word()
    {
        var rule = new QueryRule { Id = "1", QueryTerms = ["y"], Term = "x", Factor = 0 };
        var comparison = Compare([rule], [new("q1", "x=1 y=1 z=2"), new("q2", "x=1")], []);
        Assert.Equal(["q1"], comparison.ChangedQueries.Select(query => query.Query.Id)); // bambam 2, piano 1 after
        Assert.Equal(2, comparison.Queries[0].Candidate.Terms);
    }

    [Fact]
    public void Ranker_applies_rules()
    {
        var rules = new RelevanceRules([new DocumentRule { Id = "1", DocumentId = "bambam", Term = "x", Impact = -2 }]);
        using var ranker = new SparseRanker(_index, Encoder, ImpactScale.Identity) { Rules = rules };
        Assert.Equal(["piano"], ranker.Search("x=1", 10).Select(hit => hit.DocumentId));
    }

    private VersionComparison Compare(RelevanceRule[] rules, BeirQuery[] queries, Judgment[] judgments)
    {
        var version = new FieldVersion(SparseIndex.ContentsField, Encoder);
        return VersionComparison.Compare(
            _index.Searcher, SparseIndex.IdField, version, version with { Rules = new RelevanceRules(rules) }, queries,
            judgments.Length > 0 ? new Qrels(judgments) : null);
    }
}
