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
    public void TryParse_and_ToString_round_trip(string text, int number, int count)
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
    public void TryParse_invalid_text_returns_false(string? text)
    {
        Assert.False(Shard.TryParse(text, out var shard));
        Assert.Null(shard);
    }

    [Fact]
    public void Create_with_number_out_of_range_throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Shard(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Shard(2, 1));
    }

    [Fact]
    public void Shards_partition_records_evenly() =>
        Gen.Select(Gen.Int[1, 9], Gen.Bool.List[0, 40]).Sample((count, isBlank) =>
        {
            using var folder = new TemporaryFolder();
            var path = folder.WriteLines("a.jsonl",
                [.. isBlank.Select((blank, number) => blank ? " " : $$"""{"text":"{{number}}"}""")]);
            var shards = Enumerable.Range(1, count).Select(number => Texts(path, new Shard(number, count))).ToList();
            Assert.Equal(Texts(path, Shard.Whole).Order(), shards.SelectMany(shard => shard).Order());
            Assert.InRange(shards.Max(shard => shard.Count) - shards.Min(shard => shard.Count), 0, 1);
            Assert.All(shards, shard => Assert.Equal(shard.OrderBy(int.Parse), shard));
        });

    [Fact]
    public void Read_shard_ignores_fields_of_other_shards_and_keeps_line_numbers()
    {
        var path = _folder.WriteLines("a.jsonl", """{"text":"fine"}""", """{"text":7}""");
        Assert.Equal(["fine"], Texts(path, new Shard(1, 2)));
        var error = Assert.Throws<InvalidDataException>(() => Texts(path, new Shard(2, 2)));
        Assert.StartsWith($"{path}, line 2: ", error.Message, StringComparison.Ordinal);
    }

    private static List<string> Texts(string path, Shard shard) =>
        [.. JsonLines.Read(path, shard).Select(record => record.GetText("text"))];
}
