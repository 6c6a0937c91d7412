using LuceneLsr.Documentation.Tests.Pages;

namespace LuceneLsr.Documentation.Tests;

/// <summary>docs/swap-in.md shows what differs between the two engines of tools/Catalog.</summary>
public class SwapInDiffTests
{
    [Fact]
    public void Diff_block_is_the_difference_of_both_engines()
    {
        var shown = Repository.GetPage("docs/swap-in.md").Blocks.Single(block => block.Language == "diff").Code
            .Trim().Split('\n');
        var (before, after) = (ReadCode("Lexical"), ReadCode("Learned"));
        Assert.Equal(before.Except(after), shown.Where(line => line[0] == '-').Select(line => line[1..]));
        Assert.Equal(after.Except(before), shown.Where(line => line[0] == '+').Select(line => line[1..]));
    }

    // Without usings, namespaces and documentation.
    private static string[] ReadCode(string engine) =>
        [.. File.ReadLines(Repository.GetPath($"tools/Catalog/{engine}/CatalogEngine.cs"))
            .Where(line => !line.StartsWith("using ", StringComparison.Ordinal)
                && !line.StartsWith("namespace ", StringComparison.Ordinal)
                && !line.StartsWith("///", StringComparison.Ordinal))];
}
