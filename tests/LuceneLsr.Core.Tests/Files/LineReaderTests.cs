using CsCheck;
using LuceneLsr.Files;

namespace LuceneLsr.Core.Tests.Files;

public class LineReaderTests
{
    /// <summary>The buffer holds 4,096 characters, so some texts end lines around its end.</summary>
    [Fact]
    public void ReadLine_of_any_text_returns_lines_of_StringReader() =>
        Gen.OneOf(
                Gen.OneOf("\n", "\r", "\r\n", "", "a", "é"),
                Gen.Int[4_090, 4_100].Select(length => new string('x', length)))
            .Array[0, 8].Select(string.Concat)
            .Sample(text => Assert.Equal(ReadAll(new StringReader(text).ReadLine), ReadAll(Open(text, 10_000_000).ReadLine)));

    [Fact]
    public void ReadLine_of_line_longer_than_maximum_throws()
    {
        var lines = Open("12345\n123456\n", maxLength: 5);
        Assert.Equal("12345", lines.ReadLine());
        Assert.StartsWith(
            "the line has more than 5 characters", Assert.Throws<LineTooLongException>(lines.ReadLine).Message,
            StringComparison.Ordinal);
    }

    private static LineReader Open(string text, int maxLength) => new(new StringReader(text), maxLength);

    private static List<string> ReadAll(Func<string?> readLine)
    {
        var lines = new List<string>();
        while (readLine() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }
}
