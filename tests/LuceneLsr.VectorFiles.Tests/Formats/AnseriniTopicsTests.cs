using LuceneLsr.TestSupport;
using LuceneLsr.VectorFiles.Formats;

namespace LuceneLsr.VectorFiles.Tests.Formats;

public sealed class AnseriniTopicsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_counts_repeated_terms()
    {
        _folder.WriteGzip("topics.test.tsv.gz", "12\tfilm ##s film film\r\n\n13\t\n");
        var records = AnseriniTopics.ReadFile(_folder.File("topics.test.tsv")).ToList();
        Assert.Equal(["12", "13"], records.Select(record => record.Id));
        Assert.Equal([new TermWeight("film", 3), new TermWeight("##s", 1)], records[0].Vector.Entries);
        Assert.Empty(records[1].Vector.Entries);
    }

    [Theory]
    [InlineData("12 film")]
    [InlineData("\tfilm")]
    [InlineData("1 2\tfilm")]
    [InlineData("12\tfilm\tmovie")]
    public void Read_malformed_line_throws_naming_file_and_line(string line)
    {
        var path = _folder.WriteLines("topics.tsv", "11\tfilm", line);
        var error = Assert.Throws<InvalidDataException>(() => AnseriniTopics.ReadFile(path).ToList());
        Assert.StartsWith($"{path}, line 2: expected a query id, a tab,", error.Message, StringComparison.Ordinal);
    }
}
