using System.Text;
using LuceneLsr.Documentation.Tests.Pages;

namespace LuceneLsr.Documentation.Tests;

/// <summary>README.md, which is also the NuGet page of every package.</summary>
public class ReadmeTests
{
    private const int MaxBytes = 8 * 1024;

    [Fact]
    public void Readme_is_at_most_8_KB() => Assert.InRange(
        Encoding.UTF8.GetByteCount(Repository.GetPage("README.md").Text), 1, MaxBytes);

    [Fact]
    public void Readme_shows_the_search_and_the_test_command_first()
    {
        var commands = Repository.GetPage("README.md").Blocks.Where(block => block.Language == "sh")
            .Select(block => block.Code.Trim()).Take(2);
        Assert.Equal(
            [
                "dotnet run -c Release --project tools/Search -- search \"cut scenes out of a movie\"",
                "dotnet test -c Release",
            ],
            commands);
    }
}
