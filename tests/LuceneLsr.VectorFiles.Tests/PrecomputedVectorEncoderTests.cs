using LuceneLsr.TestSupport;

namespace LuceneLsr.VectorFiles.Tests;

public sealed class PrecomputedVectorEncoderTests : IDisposable
{
    private const string VocabularyId = "terms";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Encode_uses_file_of_side()
    {
        using var encoder = new PrecomputedVectorEncoder(
            Write("documents", Line("d1", "a film", "document")), Write("queries", Line("q1", "a film", "query")),
            VocabularyId);
        Assert.Equal("document", Term(encoder, "a film", TextSide.Document));
        Assert.Equal("query", Term(encoder, "a film", TextSide.Query));
        Assert.Equal(VocabularyId, encoder.VocabularyId);
    }

    [Fact]
    public void Encode_looks_up_contents_before_ids()
    {
        using var encoder = new PrecomputedVectorEncoder(
            Write("documents", Line("d1", "a film", "first"), Line("a film", "d2", "second"), Line("d2", "", "third")),
            queries: null,
            VocabularyId);
        Assert.Equal("first", Term(encoder, "a film", TextSide.Document));
        Assert.Equal("first", Term(encoder, "d1", TextSide.Document));
        Assert.Equal("second", Term(encoder, "d2", TextSide.Document));
    }

    [Fact]
    public void Encode_repeated_text_returns_first_record()
    {
        using var encoder = new PrecomputedVectorEncoder(
            Write("documents", Line("d1", "a film", "first"), Line("d2", "a film", "second")),
            queries: null,
            VocabularyId);
        Assert.Equal("first", Term(encoder, "a film", TextSide.Document));
        Assert.Equal("second", Term(encoder, "d2", TextSide.Document));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    public void Encode_blank_text_returns_empty_vector(string text)
    {
        using var encoder = new PrecomputedVectorEncoder(
            Write("documents", Line("d1", " ", "film")), queries: null, VocabularyId);
        Assert.Same(SparseVector.Empty, encoder.Encode(text, TextSide.Document, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Encode_unknown_text_throws_quoting_start_of_text()
    {
        using var encoder = new PrecomputedVectorEncoder(
            documents: null, Write("queries", Line("q1", "a film", "film")), VocabularyId);
        var error = Assert.Throws<KeyNotFoundException>(() => Term(encoder, new string('x', 200), TextSide.Query));
        Assert.Contains($"'{new string('x', 80)}...'", error.Message, StringComparison.Ordinal);
        Assert.Contains("Query", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_side_without_file_throws_naming_side()
    {
        using var encoder = new PrecomputedVectorEncoder(
            Write("documents", Line("d1", "a film", "film")), queries: null, VocabularyId);
        Assert.False(encoder.HasImpacts(TextSide.Query));
        var error = Assert.Throws<InvalidOperationException>(() => Term(encoder, "a film", TextSide.Query));
        Assert.Contains("Query side", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_with_duplicate_id_throws_naming_line_and_id()
    {
        var file = Write("documents", Line("d1", "a", "film"), Line("d1", "b", "film"));
        var error = Assert.Throws<InvalidDataException>(() => new PrecomputedVectorEncoder(
            file, queries: null, VocabularyId));
        Assert.StartsWith($"{file}, line 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("'d1'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("1.5", false)]
    public void HasImpacts_is_true_only_for_integer_weights(string weight, bool areImpacts)
    {
        using var encoder = new PrecomputedVectorEncoder(
            Write("documents", Line("d1", "a", "film"), Line("d2", "b", "film").Replace(": 1}", $": {weight}}}")),
            Write("queries", Line("q1", "a", "film")),
            VocabularyId);
        Assert.Equal(areImpacts, encoder.HasImpacts(TextSide.Document));
        Assert.True(encoder.HasImpacts(TextSide.Query));
    }

    [Fact]
    public void Create_with_plain_text_gz_file_throws_naming_file()
    {
        var file = Write("documents.gz", "no gzip");
        var error = Assert.Throws<InvalidDataException>(() => new PrecomputedVectorEncoder(
            file, queries: null, VocabularyId));
        Assert.StartsWith($"{file}: not a gzip file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_with_malformed_line_throws_naming_file_and_line()
    {
        var file = Write("queries", Line("q1", "a", "film"), "{");
        var error = Assert.Throws<InvalidDataException>(() => new PrecomputedVectorEncoder(
            documents: null, file, VocabularyId));
        Assert.StartsWith($"{file}, line 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_keeps_order_of_texts_and_observes_cancellation()
    {
        using var encoder = new PrecomputedVectorEncoder(
            Write("documents", Line("d1", "one", "first"), Line("d2", "two", "second")), queries: null, VocabularyId);
        var vectors = encoder.Encode(["two", "", "one"], TextSide.Document, TestContext.Current.CancellationToken);
        Assert.Equal([1, 0, 1], vectors.Select(vector => vector.Count));
        Assert.Equal("second", vectors[0].Entries[0].Term);
        Assert.Equal("first", vectors[2].Entries[0].Term);
        Assert.Throws<OperationCanceledException>(
            () => encoder.Encode(["one"], TextSide.Document, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Encode_text_of_a_collection_returns_the_vector_with_its_id()
    {
        using var encoder = new PrecomputedVectorEncoder(
            Write(
                "documents", """{"id": "d1", "vector": {"first": 1}}""", Line("d2", "another text", "second"),
                Line("x", "a song", "third"), """{"id": "d9", "vector": {}}"""),
            _folder.WriteLines("queries.tsv", "q1\tfilm"),
            VocabularyId,
            new(
                new Dictionary<string, string> { ["q1"] = "a film", ["q2"] = "of the" },
                new Dictionary<string, string>
                {
                    ["d1"] = "a film", ["d2"] = "a book", ["d3"] = "a song", ["d4"] = "a film", ["d5"] = " ",
                }));
        Assert.Equal(
            ["first", "second", "third"],
            new[] { "a film", "a book", "a song" }.Select(text => Term(encoder, text, TextSide.Document)));
        Assert.Equal("film", Term(encoder, "a film", TextSide.Query));
        Assert.Empty(encoder.Encode("of the", TextSide.Query, TestContext.Current.CancellationToken).Entries);
        Assert.Equal(1, encoder.CountTextsWithoutVector(TextSide.Query));
        Assert.Equal(0, encoder.CountTextsWithoutVector(TextSide.Document));
        Assert.Equal(2, encoder.CountVectorsWithoutText(TextSide.Document)); // "x" and "d9"
    }

    [Theory]
    [InlineData("documents.jsonl", """{"id": "d1", "vector": {"film": 1}}""", "1 of 2 texts have no vector")]
    [InlineData("documents.jsonl", "", "2 of 2 texts have no vector, such as that with id 'd1'")]
    [InlineData("documents.tsv", "d7\tfilm", "2 of 2 texts have no vector")]
    public void Create_with_texts_that_have_no_vector_throws_naming_file_and_id(
        string name, string line, string problem)
    {
        var file = Write(name, line);
        var error = Assert.Throws<InvalidDataException>(() => new PrecomputedVectorEncoder(
            file, queries: null, VocabularyId,
            new(null, new Dictionary<string, string> { ["d1"] = "a film", ["d2"] = "a book" })));
        Assert.StartsWith($"{file}: {problem}", error.Message, StringComparison.Ordinal);
    }

    private static string Line(string id, string contents, string term) =>
        $$$"""{"id": "{{{id}}}", "contents": "{{{contents}}}", "vector": {"{{{term}}}": 1}}""";

    private static string Term(PrecomputedVectorEncoder encoder, string text, TextSide side) =>
        encoder.Encode(text, side, TestContext.Current.CancellationToken).Entries[0].Term;

    private string Write(string name, params string[] lines) => _folder.WriteLines(name, lines);
}
