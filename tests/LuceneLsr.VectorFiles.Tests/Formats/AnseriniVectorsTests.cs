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
    public void Reads_a_record_a_line()
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
    public void Reads_lazily()
    {
        using var reader = new StringReader("{\"id\": \"d1\", \"vector\": {}}\nbroken");
        Assert.Equal("d1", AnseriniVectors.Read(reader, "a.jsonl").First().Id);
    }

    [Theory]
    [InlineData("{\"id\": \"d2\", ", "broken JSON")]
    [InlineData("[]", "A record is a JSON object.")]
    [InlineData("{\"vector\": {}}", "no \"id\"")]
    [InlineData("{\"id\": null, \"vector\": {}}", "\"id\" is of kind Null, not String or Number")]
    [InlineData("{\"id\": \"d2\"}", "Record 'd2' has no \"vector\"")]
    [InlineData("{\"id\": \"d2\", \"vector\": [1]}", "\"vector\" is of kind Array, not Object")]
    [InlineData("{\"id\": \"d2\", \"contents\": 1, \"vector\": {}}", "\"contents\" is of kind Number, not String")]
    [InlineData("{\"id\": \"d2\", \"vector\": {\"film\": \"1\"}}", "term 'film' is of kind String, not Number")]
    [InlineData("{\"id\": \"d2\", \"vector\": {\"film\": -1}}", "Term 'film' has weight -1")]
    [InlineData("{\"id\": \"d2\", \"vector\": {\"film\": 1e400}}", "Term 'film' has weight Infinity")]
    [InlineData("{\"id\": \"d2\", \"vector\": {\"film\": 1, \"film\": 2}}", "Term 'film' stands twice")]
    [InlineData("{\"id\": \"d2\", \"vector\": {\"\\ud800\": 1}}", "UTF-16")]
    public void An_error_names_file_and_line(string line, string reason)
    {
        var error = Assert.Throws<InvalidDataException>(() => Read($"{{\"id\": \"d1\", \"vector\": {{}}}}\n\n{line}"));
        Assert.StartsWith("vectors.jsonl, line 3", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_again() => Records.List[0, 4].Sample(records =>
    {
        using var writer = new StringWriter();
        records.ForEach(record => AnseriniVectors.Write(writer, record));
        Assert.Equal(records.Select(Values), Read(writer.ToString()).Select(Values));
    });

    [Fact]
    public void A_written_line_is_readable()
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
