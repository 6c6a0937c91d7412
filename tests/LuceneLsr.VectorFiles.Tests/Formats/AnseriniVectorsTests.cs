using CsCheck;
using LuceneLsr.VectorFiles.Formats;

namespace LuceneLsr.VectorFiles.Tests.Formats;

public class AnseriniVectorsTests
{
    private static readonly Gen<VectorRecord> Records = Gen.Select(
        Gen.String[Gen.Char.AlphaNumeric, 1, 8],
        Gen.String[Gen.Char["ab \"\\\n\u0001é漢<&"], 0, 20],
        Gen.Dictionary(Gen.String[Gen.Char["ab\"\\é漢"], 1, 4], Gen.Float[0.001f, 100f])[0, 8],
        (id, contents, weights) => new VectorRecord(
            id, contents, new SparseVector(weights.Select(entry => new TermWeight(entry.Key, entry.Value)))));

    [Fact]
    public void Read_returns_one_record_per_line()
    {
        var records = Read(
            """
            {"id": "d1", "contents": "a film", "vector": {"film": 1.5, "movie": 2}}

            {"vector": {}, "title": "skipped", "id": 2}
            """);
        Assert.Equal(("d1", "a film"), (records[0].Id, records[0].Contents));
        Assert.Equal([new TermWeight("movie", 2), new TermWeight("film", 1.5f)], records[0].Vector.Entries);
        Assert.Equal(("2", ""), (records[1].Id, records[1].Contents));
        Assert.Empty(records[1].Vector.Entries);
    }

    [Fact]
    public void Read_record_with_the_field_content_returns_its_contents()
    {
        var records = Read("""{"id": 0, "content": "a film", "vector": {"film": 120}}""");
        Assert.Equal(("0", "a film"), (records[0].Id, records[0].Contents));
    }

    [Fact]
    public void Read_array_over_several_lines_returns_its_records() => Assert.Equal(
        ["d1", "d2"],
        Read("""
            [
              {
                "id": "d1",
                "vector": {"film": 1}
              },
              {"id": "d2", "vector": {}}
            ]
            """).Select(record => record.Id));

    [Fact]
    public void Read_is_lazy()
    {
        using var reader = new StringReader("{\"id\": \"d1\", \"vector\": {}}\nbroken");
        Assert.Equal("d1", AnseriniVectors.Read(reader, "a.jsonl").First().Id);
    }

    [Theory]
    [InlineData("{\"id\": \"d2\", ", "the JSON object has no end")]
    [InlineData("[1]", "expected a JSON object")]
    [InlineData("{\"vector\": {}}", "field \"id\" is missing")]
    [InlineData("{\"id\": null, \"vector\": {}}", "field \"id\" is a JSON Null, expected String or Number")]
    [InlineData("{\"id\": \"d2\"}", "record 'd2' has no field \"vector\"")]
    [InlineData("{\"id\": \"d2\", \"vector\": [1]}", "field \"vector\" is a JSON Array, expected Object")]
    [InlineData(
        "{\"id\": \"d2\", \"contents\": 1, \"vector\": {}}", "field \"contents\" is a JSON Number, expected String")]
    [InlineData("{\"id\": \"d2\", \"vector\": {\"film\": \"1\"}}", "term 'film' is a JSON String, expected Number")]
    [InlineData("{\"id\": \"d2\", \"vector\": {\"film\": -1}}", "Term 'film' has weight -1")]
    [InlineData("{\"id\": \"d2\", \"vector\": {\"film\": 1e400}}", "Term 'film' has weight Infinity")]
    [InlineData("{\"id\": \"d2\", \"vector\": {\"film\": 1, \"film\": 2}}", "Duplicate term 'film'")]
    [InlineData("{\"id\": \"d2\", \"vector\": {\"\\ud800\": 1}}", "UTF-16")]
    public void Read_malformed_line_throws_naming_file_and_line(string line, string reason)
    {
        var error = Assert.Throws<InvalidDataException>(() => Read($"{{\"id\": \"d1\", \"vector\": {{}}}}\n\n{line}"));
        Assert.StartsWith("vectors.jsonl, line 3", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_then_Read_returns_equal_records() => Records.List[0, 4].Sample(records =>
    {
        using var writer = new StringWriter();
        records.ForEach(record => AnseriniVectors.Write(writer, record));
        Assert.Equal(records.Select(Values), Read(writer.ToString()).Select(Values));
    });

    [Fact]
    public void Write_does_not_escape_non_ASCII_characters()
    {
        using var writer = new StringWriter();
        AnseriniVectors.Write(writer, new("d1", "café <b>", new SparseVector([new("café", 1.5f)])));
        Assert.Equal("{\"id\":\"d1\",\"contents\":\"café <b>\",\"vector\":{\"café\":1.5}}\n", writer.ToString());
    }

    private static (string, string, string) Values(VectorRecord record) =>
        (record.Id, record.Contents, string.Join(' ', record.Vector.Entries));

    private static List<VectorRecord> Read(string lines)
    {
        using var reader = new StringReader(lines);
        return [.. AnseriniVectors.Read(reader, "vectors.jsonl")];
    }
}
