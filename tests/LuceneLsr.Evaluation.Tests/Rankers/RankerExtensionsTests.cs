using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Evaluation.Rankers;

namespace LuceneLsr.Evaluation.Tests.Rankers;

public sealed class RankerExtensionsTests
{
    /// <summary>
    /// Two of three queries are documents, which rank first for their own text. Their relevant documents are second, so
    /// their nDCG is 1 / log2(3) = .6309, and the mean of all three is .754. Without the queries' documents it is 1.
    /// </summary>
    [Fact]
    public void Collect_run_that_ignores_identical_ids_leaves_out_the_document_of_the_query()
    {
        using var index = new Bm25Index(
        [
            ("d1", "cars pollute cities"), ("d2", "cars pollute"), ("d3", "tax helps poor families"),
            ("d4", "tax helps"), ("d5", "school uniforms"), ("d6", "free trade"), ("d7", "space travel"),
        ]);
        BeirQuery[] queries =
            [new("d1", "cars pollute cities"), new("d3", "tax helps poor families"), new("q", "school uniforms")];
        var qrels = new Qrels([new("d1", "d2", 1), new("d3", "d4", 1), new("q", "d5", 1)]);
        var all = index.CollectRun(queries, depth: 10, cancellationToken: TestContext.Current.CancellationToken);
        var others = index.CollectRun(
            queries, depth: 10, ignoreIdenticalIds: true, TestContext.Current.CancellationToken);
        Assert.Equal(0.754, new Ndcg(10).ComputeMean(all, qrels), 3);
        Assert.Equal(1, new Ndcg(10).ComputeMean(others, qrels), 9);
        Assert.Equal(["d2"], others.GetRanking("d1").Select(hit => hit.DocumentId));
    }

    [Fact]
    public void Collect_run_that_ignores_identical_ids_fills_the_depth()
    {
        using var index = new Bm25Index([("a", "cars cars"), ("b", "cars"), ("c", "cars")]);
        var run = index.CollectRun(
            [new("a", "cars")], depth: 2, ignoreIdenticalIds: true, TestContext.Current.CancellationToken);
        Assert.Equal(["b", "c"], run.GetRanking("a").Select(hit => hit.DocumentId).Order());
    }
}
