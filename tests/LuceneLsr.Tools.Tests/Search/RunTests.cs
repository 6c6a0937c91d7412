using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Search;

/// <summary>Runs "score" and "compare" on the animal collection, whose queries have one answer each.</summary>
public sealed class RunTests(ToolFixture fixture)
{
    /// <summary>The answers have the ranks 1, 2 and 4; three queries have no results, q9 has no judgments.</summary>
    [Fact]
    public async Task Score_prints_means_over_all_judged_queries()
    {
        var run = WriteRun("score", "q1 cat", "q2 cat dog", "q3 cat dog bee owl", "q9 cat");
        var result = (await Tool.Search.RunAsync(
            "score", run, "--collection", fixture.Collection, "--metrics", "MRR@10,recall@1,P@2")).Succeeded();
        Assert.Equal(["Run", "MRR@10", "Recall@1", "P@2"], result.Rows[0]);
        // (1 + 1/2 + 1/4) / 6, 1 / 6, (1/2 + 1/2) / 6
        Assert.Equal(["score", "0.2917", "0.1667", "0.1667"], result.Rows[1]);
        AssertPrinted($"3 judged queries are not in {run} and count as 0.", result);
        AssertPrinted($"1 queries of {run} are not judged and are ignored.", result);
    }

    [Theory]
    [InlineData("csv", ",")]
    [InlineData("tsv", "\t")]
    public async Task Score_lists_the_worst_queries_and_writes_all_to_a_file(string extension, string delimiter)
    {
        var run = WriteRun($"worst-{extension}", "q1 cat", "q2 cat dog", "q3 owl", "q4 whale", "q5 bee", "q6 ant");
        var file = fixture.GetPath($"per-query/{extension}.{extension}");
        var result = (await Tool.Search.RunAsync(
            "score", run, "--collection", fixture.Collection, "--metrics", "MRR@10", "--worst", "2",
            "--per-query", file)).Succeeded();
        Assert.Equal([["q6", "0.0000", "honey"], ["q2", "0.5000", "bark at night"]], result.Rows.TakeLast(2));
        var lines = File.ReadAllLines(file);
        Assert.Equal(string.Join(delimiter, "run", "query_id", "MRR@10", "text"), lines[0]);
        Assert.Equal(string.Join(delimiter, $"worst-{extension}", "q2", "0.5", "bark at night"), lines[2]);
        Assert.Equal(7, lines.Length);
    }

    [Fact]
    public async Task Score_with_a_file_of_judgments_needs_no_collection()
    {
        var run = WriteRun("qrels", "a x y");
        var qrels = fixture.GetPath("a.qrels");
        File.WriteAllText(qrels, "a 0 y 1\n");
        var result = (await Tool.Search.RunAsync("score", run, "--qrels", qrels, "--metrics", "MRR@10")).Succeeded();
        Assert.Equal(["qrels", "0.5000"], result.Rows[1]);
    }

    [Fact]
    public async Task Compare_prints_wins_losses_and_the_documents_that_moved()
    {
        var first = WriteRun("first", "q1 cat", "q2 cat dog", "q3 owl", "q4 bee whale", "q5 bee");
        var second = WriteRun("second", "q1 dog cat", "q2 dog ant", "q3 owl", "q4 whale bee", "q5 bee");
        var result = (await Tool.Search.RunAsync(
            "compare", first, second, "--collection", fixture.Collection, "--metrics", "MRR@10", "--top", "1"))
            .Succeeded();
        // Gains of -1/2, 1/2 and 1/2: each of the 8 signs has a sum of at least 1/2.
        Assert.Equal(["MRR@10", "0.6667", "0.7500", "+0.0833", "2", "1", "3", "1.0000"], result.Rows[1]);
        AssertPrinted("q1 purr at home MRR@10 1.0000 -> 0.5000 (-0.5000)", result);
        AssertPrinted("q2 bark at night MRR@10 0.5000 -> 1.0000 (+0.5000)", result);
        Assert.Contains(result.Rows, row => row.SequenceEqual(["cat", "1", "1", "2", "Cat"]));
        Assert.Contains(result.Rows, row => row.SequenceEqual(["ant", "-", "-", "2", "Ant"]));
    }

    [Fact]
    public async Task Score_of_a_malformed_run_names_file_and_line()
    {
        var run = fixture.GetPath("malformed.run");
        File.WriteAllText(run, "q1 Q0 cat 1 2.5 x\nq1 Q0 dog 2 x\n");
        (await Tool.Search.RunAsync("score", run, "--collection", fixture.Collection))
            .Failed($"{run}, line 2: expected six columns");
    }

    [Fact]
    public async Task Compare_with_a_run_of_another_collection_fails()
    {
        var run = WriteRun("other", "x cat");
        (await Tool.Search.RunAsync("compare", run, run, "--collection", fixture.Collection))
            .Failed($"{run}: none of its queries is judged");
    }

    [Fact]
    public async Task Score_with_an_unknown_metric_names_it() =>
        (await Tool.Search.RunAsync("score", "run", "--metrics", "F1@3"))
            .Failed("--metrics: 'F1@3' is not a metric");

    /// <summary>Ids without texts, in an array and in topics.</summary>
    [Fact]
    public async Task Eval_finds_vectors_by_id_and_scales_weights_with_the_factor()
    {
        var documents = fixture.GetPath("by-id.json");
        File.WriteAllText(documents, $"[{string.Join(",\n", Animals.Ids.Select(
            id => $$$"""{"id": "{{{id}}}", "vector": {"{{{id}}}": 1.5}}"""))}]");
        var queries = fixture.GetPath("topics.tsv");
        File.WriteAllLines(queries, ["q1\tcat cat", "q2\tdog", "q3\towl", "q4\tant"]);
        string[] eval = ["eval", "--collection", fixture.Collection, "--query-vectors", queries];
        var runs = fixture.GetPath("by-id-runs");
        var result = (await Tool.Search.RunAsync(
            [.. eval, "--document-vectors", documents, "--impact-factor", "30", "--runs", runs])).Succeeded();
        Assert.Equal("0.5000", result.Rows.Single(row => row[0] == "LSR")[1]);
        AssertPrinted("2 queries have no vector and find nothing.", result);
        Assert.Equal("q1 Q0 cat 1 90 lsr", File.ReadLines(Path.Combine(runs, "lsr.run")).First()); // 45 x 2

        File.WriteAllText(documents, """{"id": "cat", "vector": {}}""");
        (await Tool.Search.RunAsync([.. eval, "--document-vectors", documents]))
            .Failed($"{documents}: {Animals.Count - 1} of {Animals.Count} texts have no vector, such as", "'dog'");
    }

    private static void AssertPrinted(string text, ToolResult result) =>
        Assert.Contains(text, result.UnwrappedOutput, StringComparison.Ordinal);

    /// <summary>Writes a run of lines such as "q1 cat dog", a query and its documents, best first.</summary>
    private string WriteRun(string name, params string[] rankings)
    {
        var path = fixture.GetPath($"{name}.run");
        File.WriteAllLines(path, rankings.Select(ranking => ranking.Split(' ')).SelectMany(words => words[1..].Select(
            (document, index) => $"{words[0]} Q0 {document} {index + 1} {-index} test")));
        return path;
    }
}
