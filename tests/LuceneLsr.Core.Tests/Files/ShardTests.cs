using CsCheck;
using LuceneLsr.Files;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Core.Tests.Files;

public sealed class ShardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1/1", 1, 1)]
    [InlineData("2/8", 2, 8)]
    [InlineData("8/8", 8, 8)]
    public void Is_read_and_written_as_a_person_does(string text, int number, int count)
    {
        Assert.True(Shard.TryParse(text, out var shard));
        Assert.Equal(new Shard(number, count), shard);
        Assert.Equal(text, shard.ToString());
    }

    [Theory]
    [InlineData("0/8")]
    [InlineData("9/8")]
    [InlineData("-1/8")]
    [InlineData("1/0")]
    [InlineData("1/99999999999")]
    [InlineData("2")]
    [InlineData("x")]
    [InlineData("1/2/3")]
    [InlineData("1 /2")]
    [InlineData("/")]
    [InlineData("")]
    [InlineData(null)]
    public void Anything_else_is_none(string? text)
    {
        Assert.False(Shard.TryParse(text, out var shard));
        Assert.Null(shard);
    }

    [Fact]
    public void A_part_is_one_of_those_there_are()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Shard(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Shard(2, 1));
    }

    [Fact]
    public void Parts_hold_each_record_once_and_are_equally_large() =>
        Gen.Select(Gen.Int[1, 9], Gen.Bool.List[0, 40]).Sample((count, isBlank) =>
        {
            using var folder = new TemporaryFolder();
            var path = folder.WriteLines("a.jsonl",
                [.. isBlank.Select((blank, number) => blank ? " " : $$"""{"text":"{{number}}"}""")]);
            var parts = Enumerable.Range(1, count).Select(number => Texts(path, new Shard(number, count))).ToList();
            Assert.Equal(Texts(path, Shard.Whole).Order(), parts.SelectMany(part => part).Order());
            Assert.InRange(parts.Max(part => part.Count) - parts.Min(part => part.Count), 0, 1);
            Assert.All(parts, part => Assert.Equal(part.OrderBy(int.Parse), part));
        });

    [Fact]
    public void A_fault_in_another_part_is_not_looked_into_and_lines_keep_their_numbers()
    {
        var path = _folder.WriteLines("a.jsonl", """{"text":"fine"}""", "broken");
        Assert.Equal(["fine"], Texts(path, new Shard(1, 2)));
        var error = Assert.Throws<InvalidDataException>(() => Texts(path, new Shard(2, 2)));
        Assert.StartsWith($"{path}, line 2: ", error.Message, StringComparison.Ordinal);
    }

    private static List<string> Texts(string path, Shard shard) =>
        [.. JsonLines.Read(path, shard).Select(record => record.GetText("text"))];
}
