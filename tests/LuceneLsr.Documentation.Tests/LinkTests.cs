using LuceneLsr.Documentation.Tests.Pages;

namespace LuceneLsr.Documentation.Tests;

/// <summary>Links between files of the checkout.</summary>
public class LinkTests
{
    /// <summary>Gets each link to a file or heading of the checkout, and its page.</summary>
    public static TheoryData<string, string> Links => [.. Repository.Pages.SelectMany(
        page => page.LocalLinks.Distinct().Select(link => (page.Name, link)))];

    [Theory]
    [MemberData(nameof(Links))]
    public void Relative_link_leads_to_a_file_and_its_heading(string page, string link)
    {
        var (path, anchor) = link.Split('#') is [var file, var heading] ? (file, heading) : (link, null);
        var target = Repository.GetPage(page).Resolve(path);
        Assert.True(Path.Exists(target), $"{page}: '{link}' does not exist.");
        Assert.True(
            anchor is null || MarkdownPage.Load(target).HasAnchor(anchor), $"{page}: '{link}' names no heading.");
    }

    [Fact]
    public void Readme_links_to_every_page_of_docs() => Assert.Empty(
        Repository.Pages.Select(page => page.Name).Where(name => name.StartsWith("docs/", StringComparison.Ordinal))
            .Except(Repository.GetPage("README.md").LocalLinks));
}
