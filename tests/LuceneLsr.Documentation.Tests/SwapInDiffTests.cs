using LuceneLsr.Documentation.Tests.Pages;

namespace LuceneLsr.Documentation.Tests;

/// <summary>docs/swap-in.md shows what differs between the two engines of tools/Catalog.</summary>
public class SwapInDiffTests
{
    [Fact]
    public void Diff_block_is_the_difference_of_both_engines()
    {
        var block = Repository.GetPage("docs/swap-in.md").Blocks.Single(block => block.Language == "diff");
        Assert.Equal(Compare(ReadCode("Lexical"), ReadCode("Learned")), block.Code.Trim().Split('\n'));
    }

    // Without usings, namespaces and documentation.
    private static string[] ReadCode(string engine) =>
        [.. File.ReadLines(Repository.GetPath($"tools/Catalog/{engine}/CatalogEngine.cs"))
            .Where(line => !line.StartsWith("using ", StringComparison.Ordinal)
                && !line.StartsWith("namespace ", StringComparison.Ordinal)
                && !line.StartsWith("///", StringComparison.Ordinal))];

    // The removed and added lines around the longest common subsequence.
    private static IEnumerable<string> Compare(string[] before, string[] after)
    {
        var lengths = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
            {
                lengths[i, j] = before[i] == after[j]
                    ? lengths[i + 1, j + 1] + 1
                    : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        for (int i = 0, j = 0; i < before.Length || j < after.Length;)
        {
            if (i < before.Length && j < after.Length && before[i] == after[j])
            {
                (i, j) = (i + 1, j + 1);
            }
            else if (j == after.Length || (i < before.Length && lengths[i + 1, j] >= lengths[i, j + 1]))
            {
                yield return "-" + before[i++];
            }
            else
            {
                yield return "+" + after[j++];
            }
        }
    }
}
