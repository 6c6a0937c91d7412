using System.Text;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Tokenization.Tests.Tokenizers.Pipeline;

public class CodePointsTests
{
    [Fact]
    public void Text_replaces_characters_beyond_U_FFFF_with_same_category()
    {
        Rune[] runes = [.. Enumerable.Range(0x10000, 0x100000).Select(value => new Rune(value))];
        var points = new CodePoints(string.Concat(runes)).Text;
        Assert.True(runes.Select(Rune.GetUnicodeCategory).SequenceEqual(points.Select(char.GetUnicodeCategory)));
    }

    [Fact]
    public void ToSource_maps_span_to_source()
    {
        var points = new CodePoints("a\U00010400b\U0001F600");
        Assert.Equal(4, points.Text.Length);
        Assert.Equal(new TextSpan(1, 3, IsDropped: true), points.ToSource(new TextSpan(1, 2, IsDropped: true)));
        Assert.Equal(new TextSpan(4, 2, IsDropped: false), points.ToSource(new TextSpan(3, 1, IsDropped: false)));
    }
}
