using CsCheck;
using LuceneLsr.Tokenization.Encoders;

namespace LuceneLsr.Tokenization.Tests.Encoders;

public class TokenWindowTests
{
    [Theory]
    [InlineData(0, 3, 2, new string[0])]
    [InlineData(3, 3, 2, new[] { "012" })]
    [InlineData(4, 3, 2, new[] { "012", "23" })]
    [InlineData(7, 3, 2, new[] { "012", "234", "456" })]
    [InlineData(7, 3, 3, new[] { "012", "345", "6" })]
    [InlineData(5, 3, 1, new[] { "012", "123", "234" })]
    public void Split_starts_windows_one_stride_apart(int count, int length, int stride, string[] expected) =>
        Assert.Equal(expected, Split(count, length, stride).Select(window => string.Concat(window.Tokens)));

    [Fact]
    public void Split_covers_every_token_with_windows_up_to_length() =>
        (from length in Gen.Int[1, 20]
         from stride in Gen.Int[1, length]
         from count in Gen.Int[0, 100]
         select (length, stride, count))
        .Sample(one =>
        {
            TokenWindow[] windows = [.. Split(one.count, one.length, one.stride)];
            Assert.Equal(
                Enumerable.Range(0, one.count), windows.SelectMany(window => window.Tokens).Distinct().Order());
            Assert.All(windows, window => Assert.InRange(window.Tokens.Count, 1, one.length));
            Assert.All(windows.SkipLast(1), window => Assert.Equal(one.length, window.Tokens.Count));
        });

    private static IEnumerable<TokenWindow> Split(int count, int length, int stride) =>
        TokenWindow.Split(0, [.. Enumerable.Range(0, count)], length, stride);
}
