using LuceneLsr.Documentation.Tests.Pages;

namespace LuceneLsr.Documentation.Tests;

/// <summary>The pages show code that this project compiles and runs.</summary>
public class CodeSampleTests
{
    /// <summary>Gets each C# block and the page that shows it.</summary>
    public static TheoryData<string, string> Blocks => [.. Repository.Pages.SelectMany(
        page => page.Blocks.Where(block => block.Language == "csharp").Select(block => (page.Name, block.Code)))];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Csharp_block_of_a_page_is_a_compiled_sample(string page, string code) => Assert.True(
        CodeSample.All.Any(sample => sample.IsShownAs(code)),
        $"{page} shows code that no sample of this project contains. Change the sample and the page together:\n{code}");

    [Fact]
    public void Compiled_sample_is_shown_in_a_page()
    {
        string[] shown = [.. Blocks.Select(row => row.Data.Item2)];
        Assert.All(CodeSample.All, sample => Assert.Contains(shown, sample.IsShownAs));
    }

    [Fact]
    public void Readme_shows_a_compiled_sample() =>
        Assert.Contains(Repository.GetPage("README.md").Blocks, block => block.Language == "csharp");
}
