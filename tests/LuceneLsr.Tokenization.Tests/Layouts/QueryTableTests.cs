using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Layouts;
using LuceneLsr.Tokenization.Queries;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Tests.Layouts;

public sealed class QueryTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public QueryTableTests() => PublicModel.WriteSplade(_folder, architecture: "DistilBertForMaskedLM");

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// The files of opensearch-project/opensearch-neural-sparse-encoding-doc-v2-distill: special tokens have weights in
    /// them, but are not put around a query.
    /// </summary>
    [Theory]
    [InlineData(
        "idf.json", """{"[CLS]": 1, "[UNK]": 1.0, "film": 5.5, "run": 4e0, "##ing": 3.25, "?": 0.25, "the": 0}""")]
    [InlineData(
        "query_token_weights.txt",
        "[CLS]\t1\n[UNK]\t1.0\nfilm\t5.5\nrun\t4e0\n##ing\t3.25\n?\t0.25\nthe\t0\n")]
    public void Load_encodes_queries_by_token(string file, string content)
    {
        _folder.Write(file, content);
        AssertQuery(("film", 5.5f), ("run", 4), ("##ing", 3.25f), ("?", 0.25f));
    }

    [Fact]
    public void Load_with_both_files_reads_idf_json()
    {
        _folder.Write("idf.json", """{"film": 2}""");
        _folder.Write("query_token_weights.txt", "film\t3\n");
        AssertQuery(("film", 2));
    }

    [Fact]
    public void Load_table_of_router_encodes_queries_by_token()
    {
        PublicModel.WriteRouter(_folder);
        AssertQuery(("film", 6), ("run", 4), ("##ing", 3), ("?", 2), ("the", 0.5f));
    }

    [Fact]
    public void Read_negative_weight_is_zero()
    {
        PublicModel.WriteRouter(_folder);
        var weights = CheckpointLayout.Read(_folder.Path).QueryTable!.Read(TextTokenizer.Load(_folder.Path));
        Assert.Equal((0, 3), (weights[11], weights[PublicModel.Ing]));
    }

    [Theory]
    [InlineData("idf.json", "[]", "idf.json: expected an object")]
    [InlineData("idf.json", """{"film": "1"}""", "idf.json: field 'film': its weight is not a number")]
    [InlineData("idf.json", """{"cinema": 1}""", "idf.json: 'cinema' is not a token")]
    [InlineData("idf.json", """{"film": 1, "film": 2}""", "idf.json: duplicate token 'film'")]
    [InlineData("idf.json", """{"film": 1e60}""", "idf.json: the weight of token 'film' is not finite")]
    [InlineData("query_token_weights.txt", "film\t1\nrun 2\n", "query_token_weights.txt, line 2: expected a token")]
    public void Load_malformed_table_throws_naming_place(string file, string content, string problem)
    {
        _folder.Write(file, content);
        AssertThrows(problem);
    }

    [Theory]
    [InlineData("I8", 12, "dtype 'I8' is not supported here")]
    [InlineData("F32", 13, "there are 13 weights, but the tokenizer has 12 tokens")]
    public void Load_malformed_vector_throws(string dtype, int count, string problem)
    {
        PublicModel.WriteRouter(_folder);
        _folder.Write("query_0_SparseStaticEmbedding/model.safetensors",
            PublicModel.CreateSafetensors(dtype, new float[count]));
        AssertThrows(problem);
    }

    private void AssertQuery(params (string Term, float Weight)[] expected)
    {
        using var encoder = InferenceFreeQueryEncoder.Load(_folder.Path);
        var vector = encoder.Encode(["The FILMing: run, run?"], TextSide.Query)[0];
        Assert.Equal(
            expected.ToDictionary(entry => entry.Term, entry => entry.Weight, StringComparer.Ordinal),
            vector.Entries.ToDictionary(entry => entry.Term, entry => entry.Weight, StringComparer.Ordinal));
    }

    private void AssertThrows(string problem) => Assert.Contains(
        problem, Assert.Throws<CheckpointException>(() => InferenceFreeQueryEncoder.Load(_folder.Path)).Message,
        StringComparison.Ordinal);
}
