using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Search;

/// <summary>Errors of lsr-search on invalid input.</summary>
public sealed class SearchErrorTests(ToolFixture fixture)
{
    [Fact]
    public async Task Inspect_reports_a_missing_checkpoint()
    {
        var missing = fixture.GetPath("no-checkpoint");
        (await Tool.Search.RunAsync("inspect", "text", "--checkpoint", missing))
            .Failed(missing, "the checkpoint directory does not exist");
    }

    [Fact]
    public async Task Inspect_reports_a_file_in_place_of_a_checkpoint()
    {
        var file = Path.Combine(fixture.Exported, "lsr.json");
        (await Tool.Search.RunAsync("inspect", "text", "--checkpoint", file)).Failed($"{file}: this is a file");
    }

    [Fact]
    public async Task Serve_reports_a_split_that_does_not_exist()
    {
        string[] serve = ["serve", "--checkpoint", fixture.Exported, "--split", "tset"];
        (await Tool.Search.RunAsync([.. serve, "--collection", fixture.Collection])).Failed("tset.tsv");
        (await Tool.Search.RunAsync([.. serve, "--index", fixture.Index])).Failed("--split requires --collection");
    }

    [Fact]
    public async Task Search_with_a_misspelled_option_names_it() =>
        (await Tool.Search.RunAsync("search", "--idnex", fixture.Index, "honey")).Failed("Unknown option --idnex");

    [Theory]
    [InlineData("The query is empty", "search", "")]
    [InlineData("The query is empty", "search", " ", "\t")]
    [InlineData("The query is empty", "search", "--syntax", "")]
    [InlineData("The text is empty", "inspect", "")]
    [InlineData("The text is empty", "inspect", "--side", "document", " ")]
    [InlineData("--query must be at least one word", "inspect", "--document", "cat", "--query", " ")]
    [InlineData("--query must be at least one word", "size", "--query", "")]
    public async Task Empty_text_is_refused(string problem, params string[] command) =>
        (await Tool.Search.RunAsync([.. command, "--checkpoint", fixture.Exported])).Failed(problem);

    [Fact]
    public async Task Index_reports_a_file_in_place_of_a_collection()
    {
        var file = Path.Combine(fixture.Collection, "corpus.jsonl");
        (await Tool.Search.RunAsync("index", "--collection", file, "--index", fixture.GetPath("of-file")))
            .Failed($"{file} is a file");
    }

    /// <summary>Lucene.NET would take the second for a file of the index, and delete it.</summary>
    [Theory]
    [InlineData("notes.txt")]
    [InlineData("my_notes.txt")]
    public async Task Index_into_an_index_with_other_files_fails_and_keeps_them(string name)
    {
        var index = fixture.CopyIndex($"index-with-{name}");
        File.WriteAllText(Path.Combine(index, name), "mine");
        (await Tool.Search.RunAsync(
            "index", "--collection", fixture.Collection, "--checkpoint", fixture.Exported, "--index", index))
            .Failed(index, $"has {name}, which is not part of an index");
        Assert.True(File.Exists(Path.Combine(index, name)));
    }

    [Fact]
    public async Task Index_reports_the_file_and_line_of_malformed_JSON()
    {
        var broken = fixture.GetPath("broken");
        Animals.WriteCorpus(broken, "{\"_id\": \"half");
        (await Tool.Search.RunAsync(
            "index", "--collection", broken, "--checkpoint", fixture.Exported,
            "--index", fixture.GetPath("broken-index")))
            .Failed(Path.Combine(broken, "corpus.jsonl"), $"line {Animals.Count + 1}", "malformed JSON");
    }

    [Fact]
    public async Task Search_reports_a_missing_index()
    {
        var missing = fixture.GetPath("no-index");
        (await SearchAsync("honey", missing, fixture.Exported)).Failed(missing, "has no index");
    }

    [Theory]
    [InlineData("model")]
    [InlineData("idf")]
    public async Task Search_of_an_index_with_another_vocabulary_fails(string encoder)
    {
        var other = fixture.CopyExported($"other-vocabulary-{encoder}");
        var terms = File.ReadAllLines(Path.Combine(other, "terms.txt"));
        File.WriteAllLines(Path.Combine(other, "terms.txt"), [.. terms[..^1], "another"]);
        (await Tool.Search.RunAsync(
            "search", "honey", "--index", fixture.Index, "--checkpoint", other, "--query-encoder", encoder))
            .Failed(fixture.Index, "was filled by an encoder with vocabulary");
    }

    [Fact]
    public async Task Search_of_an_index_of_another_encoder_fails_unless_allowed()
    {
        var other = fixture.CopyExported("other-encoder");
        File.AppendAllText(Path.Combine(other, "config.json"), "\n");
        string[] search = ["search", "honey", "--index", fixture.Index, "--checkpoint", other];
        (await Tool.Search.RunAsync(search)).Failed("'exported' (", "'other-encoder' (", "allow");
        (await Tool.Search.RunAsync([.. search, "--allow-other-encoder"])).Succeeded();
    }

    [Theory]
    [InlineData("--document-terms", "0", "at least 1")]
    [InlineData("--query-min-weight", "-1", "at least 0")]
    [InlineData("--query-min-ratio", "1.5", "from 0 to 1")]
    [InlineData("--threads", "0", "from 1 to 1024")]
    [InlineData("--stride", "0", "at least 1")]
    [InlineData("--precision", "float16", "float16")]
    public async Task Eval_with_an_option_out_of_range_fails(string option, string value, string range) =>
        (await Tool.Search.RunAsync("eval", option, value)).Failed(option, range);

    [Fact]
    public async Task Inspect_with_a_stride_longer_than_a_window_fails() =>
        (await Tool.Search.RunAsync("inspect", "honey", "--stride", "1000", "--checkpoint", fixture.Exported))
            .Failed("document_stride is 1000", "from 1 to 256");

    [Fact]
    public async Task Search_with_invalid_query_syntax_fails() =>
        (await SearchAsync("(honey", fixture.Index, fixture.Exported, "--syntax"))
            .Failed("Lucene's syntax", "(honey");

    [Fact]
    public async Task Search_with_a_malformed_regular_expression_fails() =>
        (await SearchAsync("/[/", fixture.Index, fixture.Exported, "--syntax"))
            .Failed("Lucene's syntax");

    [Theory]
    [InlineData("search", "honey")]
    [InlineData("eval")]
    public async Task Table_query_encoder_reports_a_missing_table(params string[] command) =>
        (await Tool.Search.RunAsync([.. command, "--query-encoder", "table", "--checkpoint", fixture.Exported]))
            .Failed(Path.Combine(fixture.Exported, "query_weights.txt"), "file not found");

    [Fact]
    public async Task Search_reports_the_file_and_line_of_a_malformed_table()
    {
        var checkpoint = fixture.CopyExported("malformed-table");
        var table = Path.Combine(checkpoint, "query_weights.txt");
        File.WriteAllText(table, "purr\t2\nhome\n");
        (await Tool.Search.RunAsync(
            "search", "honey", "--index", fixture.Index, "--checkpoint", checkpoint, "--query-encoder", "table"))
            .Failed($"{table}, line 2", "a term, a tab and a weight");
    }

    [Fact]
    public async Task Eval_with_an_unknown_query_encoder_fails() =>
        (await Tool.Search.RunAsync("eval", "--query-encoder=5"))
            .Failed("--query-encoder must be one of Model, Table, Idf");

    [Fact]
    public async Task Inspect_with_an_unknown_device_fails() =>
        (await Tool.Search.RunAsync("inspect", "text", "--checkpoint", fixture.Exported, "--device", "tpu"))
            .Failed("'tpu'", "cpu, cuda or cuda:n");

    [Theory]
    [InlineData("--nope", "Unknown option --nope")]
    [InlineData("--engine=onxx", "--engine must be one of Auto, Onnx, Torch, not onxx")]
    [InlineData("--top=0", "--top must be at least 1")]
    [InlineData("--side=5", "--side must be one of Query, Document")]
    public async Task Inspect_with_an_invalid_option_fails(string option, string named) =>
        (await Tool.Search.RunAsync("inspect", "text", "--checkpoint", fixture.Exported, option)).Failed(named);

    /// <summary>
    /// The last document's id is longer than Lucene allows, so the run fails after all other documents were added.
    /// </summary>
    [Fact]
    public async Task Index_that_fails_keeps_the_earlier_index()
    {
        string index = fixture.CopyIndex("kept-index"), invalid = fixture.GetPath("invalid");
        Animals.WriteCorpus(invalid, Animals.Document(new string('x', 40_000), "Unicorn", "honey honey"));
        (await Tool.Search.RunAsync(
            "index", "--collection", invalid, "--checkpoint", fixture.Exported, "--index", index))
            .Failed("immense term");
        var hits = (await SearchAsync("honey", index, fixture.Exported)).Succeeded().Rows;
        Assert.Equal("bee", hits.First(row => row[0] == "1")[2]);
        Assert.DoesNotContain(hits, row => row.Contains("Unicorn"));
    }

    [Fact]
    public async Task Index_fails_while_another_process_writes_the_index()
    {
        var index = fixture.GetPath("busy-index");
        Directory.CreateDirectory(index);
        using (new FileStream(Path.Combine(index, "write.lock"), FileMode.Create, FileAccess.Write, FileShare.None))
        {
            (await IndexAsync()).Failed(Path.Combine(index, "write.lock"), "locked by another process");
        }

        (await IndexAsync()).Succeeded();

        Task<ToolResult> IndexAsync() => Tool.Search.RunAsync(
            "index", "--collection", fixture.Collection, "--checkpoint", fixture.Exported, "--index", index);
    }

    private static Task<ToolResult> SearchAsync(
        string query, string index, string checkpoint, params string[] options) =>
        Tool.Search.RunAsync(["search", query, "--index", index, "--checkpoint", checkpoint, .. options]);
}
