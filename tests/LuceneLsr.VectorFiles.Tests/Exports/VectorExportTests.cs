using System.Diagnostics;
using System.Text.Json.Nodes;
using LuceneLsr.TestSupport;
using LuceneLsr.VectorFiles.Exports;
using LuceneLsr.VectorFiles.Formats;
using LuceneLsr.VectorFiles.Mappings;
using LuceneLsr.VectorFiles.Precisions;
using LuceneLsr.VectorFiles.Vocabularies;

namespace LuceneLsr.VectorFiles.Tests.Exports;

public sealed class VectorExportTests : IDisposable
{
    private static readonly VectorRecord[] Documents =
    [
        new("d1", "a cat", new([new("cat", 2), new("a.b", .5f)])),
        new("d2", "nothing", SparseVector.Empty),
        new("d3", "two cats", new([new("cat", 3.5f), new("two", 1)])),
    ];

    private static readonly VectorRecord[] Queries =
        [new("q1", "cats", new([new("cat", 1.5f), new("unseen", .5f)])), new("q2", "", SparseVector.Empty)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Cluster_export_has_mapping_requests_queries_and_script()
    {
        Assert.Equal(new ExportSummary(3, 2), Export(CreateCluster()));
        Assert.Equal(
            ["bulk-000001.ndjson", "load.sh", "mapping.json", "queries.ndjson", "query.json", "serving.json"], Files());
        Assert.Equal(6, ReadLines("bulk-000001.ndjson").Count);
        Assert.Equal(4, ReadLines("queries.ndjson").Count);
        Assert.True(JsonNode.DeepEquals(ReadLines("queries.ndjson")[1], JsonNode.Parse(Read("query.json"))));
        Assert.Contains("/docs$path", Read("load.sh"), StringComparison.Ordinal);
    }

    [Fact]
    public void Bulk_requests_are_split_between_documents()
    {
        Export(CreateCluster(maxRequestBytes: 100));
        Assert.Equal(3, Files().Count(name => name.StartsWith("bulk-", StringComparison.Ordinal)));
        Assert.Equal(
            ["d1", "d2", "d3"],
            Enumerable.Range(1, 3).Select(number => (string)ReadLines($"bulk-{number:D6}.ndjson")[0]["index"]!["_id"]!));
        Assert.All(Enumerable.Range(1, 3), number => Assert.Equal(2, ReadLines($"bulk-{number:D6}.ndjson").Count));
    }

    [Fact]
    public void Export_without_queries_has_no_query_files()
    {
        Assert.Equal(0, Export(CreateCluster(), []).Queries);
        Assert.DoesNotContain("queries.ndjson", Files());
        Assert.DoesNotContain("query.json", Files());
    }

    [Theory]
    [InlineData("")]
    [InlineData("Docs")]
    [InlineData("_docs")]
    [InlineData("a b")]
    [InlineData("a$(x)")]
    [InlineData("a/b")]
    public void Index_name_that_engines_or_the_shell_reject_is_refused(string index) =>
        Assert.Throws<ArgumentException>(() => Export(CreateCluster(index)));

    [Fact]
    public void Script_is_valid_shell()
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "There is no shell.");
        Export(CreateCluster());
        using var shell = Process.Start("/bin/sh", ["-n", _folder.File("load.sh")]);
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }

    [Fact]
    public void Token_export_numbers_terms_and_measures_ceilings()
    {
        var summary = Export(CreateTokens());
        Assert.Equal((3, 2), (summary.Documents, summary.Queries));
        Assert.Equal(new VocabularySummary(3, 0, 0), summary.Vocabulary);
        Assert.Equal(new(3.5f, 1.5f), summary.Ceilings);
        Assert.Equal("0\tcat\t2\n1\ta.b\t1\n2\ttwo\t1\n", Read("vocabulary.tsv"));
        Assert.Equal("""{"0":2,"1":0.5}""", ReadLines("bulk-000001.ndjson")[1]["vector"]!.ToJsonString());
        Assert.Contains("\"quantization_ceiling_ingest\": 3.5", Read("mapping.json"), StringComparison.Ordinal);
        var query = JsonNode.Parse(Read("query.json"))!["query"]!["neural_sparse"]!["vector"]!;
        Assert.Equal("""{"0":1.5}""", query["query_tokens"]!.ToJsonString());
        Assert.Equal(3, CorpusVocabulary.Load(_folder.File("vocabulary.tsv")).Terms.Count);
    }

    [Fact]
    public void Token_export_of_the_top_terms_reports_the_rest()
    {
        var summary = Export(CreateTokens(maxTerms: 1, ceilings: new(3, 16)));
        Assert.Equal(new VocabularySummary(1, 2, 0.5), summary.Vocabulary);
        Assert.Equal(new(3, 16), summary.Ceilings);
        Assert.Equal("""{"0":2}""", ReadLines("bulk-000001.ndjson")[1]["vector"]!.ToJsonString());
    }

    [Fact]
    public void Anserini_export_has_corpus_and_topics()
    {
        Export(new AnseriniExport(new ImpactScale(2)));
        Assert.Equal(["documents.jsonl"], Directory.GetFiles(_folder.File("corpus")).Select(Path.GetFileName));
        Assert.Equal("q1\tcat cat cat unseen\n", Read("topics.tsv"));
        Assert.Equal(
            """{"cat":7,"two":2}""", ReadLines("corpus/documents.jsonl")[2]["vector"]!.ToJsonString());
    }

    [Fact]
    public void Csr_export_has_matrices_ids_and_vocabulary()
    {
        Assert.Equal(new VocabularySummary(3, 0, 0), Export(new CsrExport()).Vocabulary);
        Assert.Equal(["documents.csr", "documents.ids", "queries.csr", "queries.ids", "vocabulary.tsv"], Files());
        Assert.Equal(["d1", "d2", "d3"], File.ReadAllLines(_folder.File("documents.ids")));
        Assert.Equal((3 * 8) + (4 * 8) + (4 * 8), new FileInfo(_folder.File("documents.csr")).Length);
        Assert.Equal((3 * 8) + (3 * 8) + (1 * 8), new FileInfo(_folder.File("queries.csr")).Length);
    }

    [Fact]
    public void Source_with_an_id_in_two_files_names_both()
    {
        string first = _folder.File("a.jsonl"), second = _folder.File("b.jsonl");
        File.WriteAllText(first, """{"id": "d1", "vector": {"a": 1}}""");
        File.WriteAllText(second, """
            {"id": "d2", "vector": {"a": 1}}
            {"id": "d1", "vector": {"a": 1}}
            """);
        var error = Assert.Throws<InvalidDataException>(
            () => ExportSource.FromFiles([first, second], queries: null).Documents.Count());
        Assert.StartsWith($"{second}, line 2: duplicate id 'd1'", error.Message, StringComparison.Ordinal);
        Assert.Contains(first, error.Message, StringComparison.Ordinal);
    }

    private static ClusterExport CreateCluster(string index = "docs", long maxRequestBytes = 1_000_000) => new(
        new IndexMapping(VectorFieldType.RankFeatures, "vector"), index, new SparseVectorQueryFormat(null, "vector"))
    {
        MaxRequestBytes = maxRequestBytes,
    };

    private static TokenExport CreateTokens(int? maxTerms = null, QuantizationCeilings? ceilings = null)
    {
        var mapping = new IndexMapping(VectorFieldType.OpenSearchSparseVector, "vector");
        var queries = new NeuralSparseQueryFormat(null, "vector") { Seismic = new() };
        return new(mapping, new ClusterExport(mapping, "docs", queries)) { MaxTerms = maxTerms, Ceilings = ceilings };
    }

    private ExportSummary Export(IVectorExport export, VectorRecord[]? queries = null) =>
        export.Write(new(Documents, queries ?? Queries), _folder.Path);

    private IEnumerable<string> Files() =>
        Directory.GetFiles(_folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private string Read(string name) => File.ReadAllText(_folder.File(name));

    private List<JsonNode> ReadLines(string name) =>
        [.. File.ReadLines(_folder.File(name)).Select(line => JsonNode.Parse(line)!)];
}
