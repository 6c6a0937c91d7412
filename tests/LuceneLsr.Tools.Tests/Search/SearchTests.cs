using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Search;

/// <summary>Runs lsr-search on the animal collection.</summary>
public sealed class SearchTests(ToolFixture fixture)
{
    [Fact]
    public void Index_reports_the_number_of_documents() => Assert.Contains(
        $"{Animals.Count} documents in {fixture.Index}, ", fixture.Indexing.Output, StringComparison.Ordinal);

    [Fact]
    public async Task Search_ranks_the_matching_document_first_and_shows_its_terms()
    {
        var result = (await Tool.Search.RunAsync(
            "search", "purr at home", "--index", fixture.Index, "--checkpoint", fixture.Exported, "--top", "2"))
            .Succeeded();
        var hits = result.Rows.Where(row => int.TryParse(row[0], out _)).ToList();
        Assert.Equal(["1", "2"], hits.Select(row => row[0]));
        Assert.Equal(("cat", "Cat"), (hits[0][2], hits[0][3]));
        Assert.Contains("purr", hits[0][4], StringComparison.Ordinal);
        var expansion =
            result.Output[result.Output.IndexOf("Expansion of \"purr at home\"", StringComparison.Ordinal)..];
        Assert.Contains("purr", expansion, StringComparison.Ordinal);
        Assert.Contains("home", expansion, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_reads_plain_words_by_default_and_classic_syntax_on_request()
    {
        string[] common = ["--index", fixture.Index, "--checkpoint", fixture.Exported];
        var plain = (await Tool.Search.RunAsync(["search", "what may purr at home?", .. common])).Succeeded();
        Assert.Equal("cat", plain.Rows.First(row => row[0] == "1")[2]);
        var syntax = (await Tool.Search.RunAsync(["search", "--syntax", "purr -title:cat", .. common])).Succeeded();
        Assert.DoesNotContain(syntax.Rows, row => row.Length > 2 && row[2] == "cat");
    }

    [Fact]
    public async Task Inspect_shows_terms_by_falling_weight()
    {
        var result = (await Tool.Search.RunAsync(
            "inspect", "honey ocean deep bark", "--side", "document", "--top", "3", "--checkpoint", fixture.Exported))
            .Succeeded();
        var terms = int.Parse(
            Regex.Match(result.Output, @"^As a document: (\d+) terms and their weights\s").Groups[1].Value);
        Assert.InRange(terms, 4, 100);
        Assert.Equal(["Term", "Weight", "Impact", "Kind", "From"], result.Rows[0]);
        var shown = result.Rows.Skip(1).ToList();
        Assert.Equal(3, shown.Count);
        string[] expected = ["honei own honey", "ocean own ocean", "deep own deep", "bark own bark"];
        Assert.All(shown, row => Assert.Contains($"{row[0]} {row[3]} {row[4]}", expected));
        Assert.Equal(shown.OrderByDescending(row => double.Parse(row[1].Split(' ')[^1])), shown);
        Assert.Contains(
            $"{terms - 3} more terms below {shown[^1][1].Split(' ')[^1]}", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--precision", "BFloat16")]
    [InlineData("--precision", "Int4")]
    [InlineData("--stride", "1")]
    [InlineData("--threads", "1")]
    public async Task Inspect_with_another_precision_stride_or_thread_count_shows_the_same_top_terms(
        string option, string value)
    {
        string[] common = ["inspect", "honey ocean deep", "--side", "document", "--checkpoint", fixture.Exported];
        var expected = Terms(await Tool.Search.RunAsync(common));
        var actual = Terms(await Tool.Search.RunAsync([.. common, option, value]));
        Assert.Equal(expected.Take(3).Order(), actual.Take(3).Order());

        static IEnumerable<string> Terms(ToolResult result) =>
            result.Succeeded().Rows.Skip(1).Select(row => row[0]);
    }

    [Fact]
    public async Task Inspect_shows_what_pruning_cuts()
    {
        var result = (await Tool.Search.RunAsync(
            "inspect", "honey ocean", "--query-terms", "1", "--checkpoint", fixture.Exported)).Succeeded();
        Assert.NotEqual("pruned", result.Rows[1][2]);
        Assert.All(result.Rows.Skip(2), row => Assert.Equal("pruned", row[2]));
        Assert.Contains("Cut by pruning: ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_of_a_document_shows_its_stored_impacts_and_words_as_JSON()
    {
        using var document = await InspectAsync("--document", "bee");
        var terms = document.RootElement.GetProperty("terms").EnumerateArray().ToList();
        Assert.Equal("Bee bees make honey in a hive, and bees sting to guard honey in the hive",
            document.RootElement.GetProperty("text").GetString());
        var honey = terms.Single(term => term.GetProperty("term").GetString() == "honei");
        Assert.True(honey.GetProperty("stored_impact").GetInt32() > 0);
        Assert.All(terms, term => Assert.Equal(
            term.GetProperty("stored_impact").GetInt32(),
            term.GetProperty("encoded").GetProperty("impact").GetInt32()));
        Assert.Equal("honey", honey.GetProperty("encoded").GetProperty("word").GetProperty("text").GetString());
    }

    [Fact]
    public async Task Inspect_of_a_match_adds_up_to_the_score_of_the_search()
    {
        using var matches = await InspectAsync("--document", "bee", "--query", "honey");
        var search = (await Tool.Search.RunAsync(
            "search", "honey", "--index", fixture.Index, "--checkpoint", fixture.Exported)).Succeeded();
        var score = matches.RootElement.GetProperty("score").GetInt64();
        Assert.Equal(search.Rows.First(row => row[2] == "bee")[1], $"{score}");
        Assert.Equal(score, matches.RootElement.GetProperty("matched").EnumerateArray().Sum(term =>
            term.GetProperty("query").GetProperty("impact").GetInt64()
            * term.GetProperty("document").GetProperty("impact").GetInt64()));
        Assert.All(matches.RootElement.GetProperty("missing").EnumerateArray(),
            term => Assert.Equal(0, term.GetProperty("score").GetInt64()));
    }

    [Fact]
    public async Task Inspect_reports_a_document_that_does_not_exist() => (await Tool.Search.RunAsync(
        "inspect", "--document", "unicorn", "--index", fixture.Index, "--checkpoint", fixture.Exported))
        .Failed("no document 'unicorn'");

    [Fact]
    public async Task Size_adds_up_to_the_files_and_postings_of_the_index()
    {
        var result = (await Tool.Search.RunAsync(
            "size", "--index", fixture.Index, "--checkpoint", fixture.Exported, "--query", "honey", "--json"))
            .Succeeded();
        using var size = JsonDocument.Parse(result.Output);
        var root = size.RootElement;
        Assert.Equal(
            new DirectoryInfo(fixture.Index).EnumerateFiles()
                .Where(file => file.Name is not ("segments.gen" or "write.lock")).Sum(file => file.Length),
            root.GetProperty("bytes").GetInt64());
        Assert.Equal(root.GetProperty("bytes").GetInt64(), Sum("parts", "bytes"));
        Assert.Equal(Animals.Count, root.GetProperty("documents").GetInt32());
        var postings = root.GetProperty("fields").EnumerateArray()
            .Single(field => field.GetProperty("field").GetString() == "contents").GetProperty("postings").GetInt64();
        Assert.Equal(postings, Sum("classes", "postings"));
        Assert.Equal(postings, Sum("impacts", "postings"));
        Assert.InRange(Sum("query", "postings"), 1, postings);

        long Sum(string list, string value) =>
            root.GetProperty(list).EnumerateArray().Sum(entry => entry.GetProperty(value).GetInt64());
    }

    /// <summary>The factors are zero, so that adapter and base have the same vectors.</summary>
    [Fact]
    public async Task Adapter_encodes_like_a_checkpoint_and_merges_into_its_base()
    {
        var adapter = fixture.CopyExported("adapter");
        File.Delete(Path.Combine(adapter, "model.safetensors"));
        File.Delete(Path.Combine(adapter, "config.json"));
        WriteZeroAdapter(adapter, fixture.Exported);
        var expected = await InspectAsync(fixture.Exported);
        Assert.Equal(expected, await InspectAsync(adapter));
        var merged = fixture.GetPath("merged");
        (await Tool.Search.RunAsync(
            "quantize", "--checkpoint", adapter, "--precision", "Int8", "--output", merged)).Succeeded();
        Assert.Equal(expected, await InspectAsync(merged));
        var output = fixture.GetPath("adapter.jsonl");
        (await Tool.Search.RunAsync(
            "encode", "--input", Path.Combine(fixture.Collection, "corpus.jsonl"), "--output", output,
            "--checkpoint", adapter)).Succeeded();

        static async Task<string> InspectAsync(string checkpoint) => (await Tool.Search.RunAsync(
            "inspect", "honey ocean", "--checkpoint", checkpoint)).Succeeded().Output;
    }

    private async Task<JsonDocument> InspectAsync(params string[] arguments) => JsonDocument.Parse(
        (await Tool.Search.RunAsync(
            ["inspect", "--json", "--index", fixture.Index, "--checkpoint", fixture.Exported, .. arguments]))
        .Succeeded().Output);

    private static void WriteZeroAdapter(string adapter, string baseModel)
    {
        File.WriteAllText(Path.Combine(adapter, "adapter_config.json"), JsonSerializer.Serialize(new
        {
            peft_type = "LORA", r = 1, lora_alpha = 1, base_model_name_or_path = baseModel,
        }));
        const string Module = "base_model.model.model.layers.0.self_attn.q_proj";
        var header =
            $$$"""
            {"{{{Module}}}.lora_A.weight": {"dtype": "F32", "shape": [1, 64], "data_offsets": [0, 256]},
             "{{{Module}}}.lora_B.weight": {"dtype": "F32", "shape": [64, 1], "data_offsets": [256, 512]}}
            """;
        File.WriteAllBytes(
            Path.Combine(adapter, "adapter_model.safetensors"),
            [.. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header), .. new byte[512]]);
    }

    [Fact]
    public async Task Eval_reports_BM25_LSR_and_their_fusion()
    {
        var result = (await Tool.Search.RunAsync(
            "eval", "--collection", fixture.Collection, "--checkpoint", fixture.Exported)).Succeeded();
        Assert.Equal(["", "nDCG@10", "MRR@10", "Recall@100", "Recall@1000"], result.Rows[0]);
        Assert.Equal(["BM25", "LSR", "LSR + BM25"], result.Rows.Skip(1).Select(row => row[0]));
        Assert.All(result.Rows.Skip(1), row => Assert.Equal(["1.0000", "1.0000", "1.0000", "1.0000"], row[1..]));
        Assert.Contains($"{Animals.Count} documents, 6 queries", result.Output, StringComparison.Ordinal);
    }

    /// <summary>Of the two documents that are relevant to the first of six queries, one is not in the corpus.</summary>
    [Fact]
    public async Task Eval_of_judgments_in_the_format_of_trec_counts_missing_documents_as_not_retrieved()
    {
        var collection = fixture.GetPath("animals-trec");
        Animals.WriteCollection(collection);
        var qrels = Path.Combine(collection, "qrels", "test.tsv");
        var judgments = File.ReadLines(qrels).Skip(1).Select(line => line.Replace("\t", " 0 ", StringComparison.Ordinal))
            .Select(line => line[..line.LastIndexOf(" 0 ", StringComparison.Ordinal)] + " 1.0");
        File.WriteAllLines(qrels, [.. judgments, "q1 0 missing 1"]);
        var result = (await Tool.Search.RunAsync(
            "eval", "--collection", collection, "--checkpoint", fixture.Exported)).Succeeded();
        Assert.All(result.Rows.Skip(1), row => Assert.Equal("0.9167", row[3])); // (5 + 1 / 2) / 6
        Assert.Contains(
            "1 judgments of documents that are not in the corpus", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eval_that_ignores_identical_ids_leaves_out_the_document_of_the_query()
    {
        var collection = fixture.GetPath("animals-identical");
        Animals.WriteCollection(collection);
        foreach (var file in new[] { "queries.jsonl", Path.Combine("qrels", "test.tsv") })
        {
            var path = Path.Combine(collection, file);
            File.WriteAllText(path, File.ReadAllText(path).Replace("q1", "cat", StringComparison.Ordinal));
        }

        string[] eval = ["eval", "--collection", collection, "--checkpoint", fixture.Exported];
        Assert.Equal("1.0000", (await Tool.Search.RunAsync(eval)).Succeeded().Rows[1][3]);
        Assert.Equal( // 5 / 6
            "0.8333", (await Tool.Search.RunAsync([.. eval, "--ignore-identical-ids"])).Succeeded().Rows[1][3]);
    }

    [Theory]
    [InlineData("Int8")]
    [InlineData("int4")]
    public async Task Eval_of_a_quantized_checkpoint_reports_the_same_metrics(string precision)
    {
        var directory = fixture.GetPath($"quantized-{precision}");
        (await Tool.Search.RunAsync(
            "quantize", "--checkpoint", fixture.Exported, "--output", directory, "--precision", precision)).Succeeded();
        (await Tool.Search.RunAsync(
            "quantize", "--checkpoint", fixture.Exported, "--output", directory)).Failed(directory, "not empty");
        var result = (await Tool.Search.RunAsync("eval", "--collection", fixture.Collection, "--checkpoint", directory))
            .Succeeded();
        Assert.All(result.Rows.Skip(1), row => Assert.Equal(["1.0000", "1.0000", "1.0000", "1.0000"], row[1..]));
    }

    [Theory]
    [InlineData("jsonl")]
    [InlineData("anserini")]
    public async Task Eval_of_precomputed_vectors_equals_eval_of_the_checkpoint(string format)
    {
        var vectors = new Dictionary<string, string>();
        foreach (var (side, input) in new[] { ("document", "corpus.jsonl"), ("query", "queries.jsonl") })
        {
            vectors[side] = fixture.GetPath($"{side}-vectors.{format}.gz");
            (await Tool.Search.RunAsync(
                "encode", "--input", Path.Combine(fixture.Collection, input), "--side", side, "--output", vectors[side],
                "--format", format, "--checkpoint", fixture.Exported)).Succeeded();
        }

        var precomputed = (await Tool.Search.RunAsync(
            "eval", "--collection", fixture.Collection, "--checkpoint", fixture.Exported,
            "--document-vectors", vectors["document"], "--query-vectors", vectors["query"])).Succeeded();
        var encoded = (await Tool.Search.RunAsync(
            "eval", "--collection", fixture.Collection, "--checkpoint", fixture.Exported)).Succeeded();
        Assert.Equal(encoded.Rows, precomputed.Rows);
        (await Tool.Search.RunAsync("eval", "--query-vectors", vectors["query"])).Failed("must be used together");
    }

    [Theory]
    [InlineData("idf", @"\bpurr\W+\d+\s")]
    [InlineData("table", @"\bpurr\W+80\s")] // 40 impact units per unit of weight
    public async Task Search_with_a_table_query_encoder_needs_no_model(string encoder, string expansion)
    {
        var checkpoint = fixture.CopyExported($"without-model-{encoder}");
        File.Delete(Path.Combine(checkpoint, "model.safetensors"));
        File.Delete(Path.Combine(checkpoint, "config.json"));
        File.WriteAllText(Path.Combine(checkpoint, "query_weights.txt"), "purr\t2\nat\t1\n");
        var result = (await Tool.Search.RunAsync(
            "search", "purr at home", "--index", fixture.Index, "--checkpoint", checkpoint, "--query-encoder", encoder))
            .Succeeded();
        Assert.Equal("cat", result.Rows.First(row => row[0] == "1")[2]);
        Assert.Matches(expansion, result.Output);
    }

    [Fact]
    public async Task Eval_combines_precomputed_documents_with_IDF_queries()
    {
        var documents = fixture.GetPath("documents-alone.jsonl");
        (await Tool.Search.RunAsync(
            "encode", "--input", Path.Combine(fixture.Collection, "corpus.jsonl"), "--output", documents,
            "--checkpoint", fixture.Exported)).Succeeded();
        string[] idf =
        [
            "eval", "--collection", fixture.Collection, "--checkpoint", fixture.Exported, "--query-encoder", "idf",
        ];
        var precomputed = (await Tool.Search.RunAsync([.. idf, "--document-vectors", documents])).Succeeded();
        var encoded = (await Tool.Search.RunAsync(idf)).Succeeded();
        Assert.Equal(encoded.Rows, precomputed.Rows);
        Assert.Equal("1.0000", precomputed.Rows.Single(row => row[0] == "LSR")[1]);
        (await Tool.Search.RunAsync([.. idf, "--document-vectors", documents, "--query-vectors", documents]))
            .Failed("--query-vectors cannot be used");
    }

    [Fact]
    public async Task Eval_prunes_by_options()
    {
        var result = (await Tool.Search.RunAsync(
            "eval", "--collection", fixture.Collection, "--checkpoint", fixture.Exported,
            "--document-terms", "3", "--query-min-ratio", "1")).Succeeded();
        Assert.Contains("3 terms per document, 1 per query", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("pruned too far", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eval_reports_documents_that_pruning_left_empty()
    {
        var result = (await Tool.Search.RunAsync(
            "eval", "--collection", fixture.Collection, "--checkpoint", fixture.Exported,
            "--document-min-weight", "1e30")).Succeeded();
        Assert.Contains(
            $"{Animals.Count} documents have no term", result.UnwrappedOutput, StringComparison.Ordinal);
        Assert.Contains("pruned too far", result.UnwrappedOutput, StringComparison.Ordinal);
    }
}
