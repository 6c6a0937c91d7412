using LuceneLsr.TestSupport;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Mining;

namespace LuceneLsr.Training.Tests.Mining;

public sealed class MinedPairsFileTests : IDisposable
{
    private static readonly MinedPair Scored =
        new("which \"bird\"?", "größer,\nwith a <b>", ["one", "two"], [2, 1.5f, 0.1f]);

    private static readonly MinedPair Merged = new("q", "p", [], Scores: null);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pair_is_written_as_one_json_line()
    {
        MinedPairsFile.Write(_folder.File("pairs.jsonl"), [Scored, Merged]);
        Assert.Equal(
            """
            {"query":"which \"bird\"?","positive":"größer,\nwith a <b>","negatives":["one","two"],"scores":[2,1.5,0.1]}
            {"query":"q","positive":"p","negatives":[]}

            """,
            File.ReadAllText(_folder.File("pairs.jsonl")));
    }

    [Fact]
    public void File_with_gz_extension_is_compressed()
    {
        MinedPairsFile.Write(_folder.File("pairs.jsonl.gz"), [Scored]);
        Assert.Equal([0x1f, 0x8b], File.ReadAllBytes(_folder.File("pairs.jsonl.gz"))[..2]); // RFC 1952
    }

    [Theory]
    [InlineData("pairs.jsonl")]
    [InlineData("pairs.jsonl.gz")]
    public void Written_file_is_readable_as_pair_source(string name)
    {
        MinedPair alone = Merged with { Scores = [3] };
        MinedPairsFile.Write(_folder.File(name), [Scored, alone]);
        using var source = PairLines.OpenJson(_folder.File(name));
        Assert.Equal(2, source.Count);
        foreach (var (index, mined) in new[] { Scored, alone }.Index())
        {
            var pair = source.Draw(index, new Random(1));
            Assert.Equal((mined.Query, mined.Positive), (pair.Query, pair.Document));
            Assert.Equal(mined.Negatives, pair.Negatives);
            Assert.Equal(mined.Scores, pair.TeacherScores);
        }
    }

    [Fact]
    public void Missing_folder_of_file_is_created()
    {
        MinedPairsFile.Write(_folder.File("new/pairs.jsonl"), [Merged]);
        Assert.Single(File.ReadAllLines(_folder.File("new/pairs.jsonl")));
    }

    [Fact]
    public void Existing_file_is_not_overwritten()
    {
        var path = _folder.Write("pairs.jsonl", "earlier");
        var error = Assert.Throws<IOException>(() => MinedPairsFile.Write(path, [Scored]));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Equal("earlier", File.ReadAllText(path));
    }

    [Fact]
    public void File_created_while_writing_is_not_overwritten()
    {
        var path = _folder.File("pairs.jsonl");
        Assert.Throws<IOException>(() => MinedPairsFile.Write(
            path, new[] { Scored }.Select(pair => _folder.Write("pairs.jsonl", "other") == path ? pair : pair)));
        Assert.Equal("other", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Failed_enumeration_leaves_no_file()
    {
        Assert.Throws<OperationCanceledException>(() => MinedPairsFile.Write(_folder.File("pairs.jsonl"), Broken()));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void File_is_not_visible_before_it_is_complete()
    {
        var path = _folder.File("pairs.jsonl");
        MinedPairsFile.Write(path, new[] { Scored, Merged }.Where(_ => !File.Exists(path)));
        Assert.Equal(2, File.ReadAllLines(path).Length);
    }

    private static IEnumerable<MinedPair> Broken()
    {
        yield return Scored;
        throw new OperationCanceledException();
    }
}
