using System.Text;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Tests.Tokenizers;

public class CodePointsTests
{
    [Fact]
    public void Each_character_beyond_U_FFFF_is_one_of_its_own_category()
    {
        Rune[] runes = [.. Enumerable.Range(0x10000, 0x100000).Select(value => new Rune(value))];
        var points = new CodePoints(string.Concat(runes)).Text;
        Assert.True(runes.Select(Rune.GetUnicodeCategory).SequenceEqual(points.Select(char.GetUnicodeCategory)));
    }

    [Fact]
    public void A_stretch_is_found_in_the_source()
    {
        var points = new CodePoints("a\U00010400b\U0001F600");
        Assert.Equal(4, points.Text.Length);
        Assert.Equal(new Stretch(1, 3, IsDropped: true), points.InSource(new Stretch(1, 2, IsDropped: true)));
        Assert.Equal(new Stretch(4, 2, IsDropped: false), points.InSource(new Stretch(3, 1, IsDropped: false)));
    }
}
