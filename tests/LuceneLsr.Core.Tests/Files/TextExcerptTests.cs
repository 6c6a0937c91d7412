using LuceneLsr.Files;

namespace LuceneLsr.Core.Tests.Files;

public sealed class TextExcerptTests
{
    [Theory]
    [InlineData("", 3, "")]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "abc...")]
    [InlineData("ab\U0001F600", 3, "ab...")] // a surrogate pair is kept together
    [InlineData("a\U0001F600b", 3, "a\U0001F600...")]
    public void Shorten_keeps_whole_characters_up_to_the_maximum(string text, int maxLength, string expected) =>
        Assert.Equal(expected, TextExcerpt.Shorten(text, maxLength));
}
