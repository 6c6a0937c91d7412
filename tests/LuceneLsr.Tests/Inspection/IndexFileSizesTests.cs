using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using LuceneLsr.Documents;
using LuceneLsr.Inspection;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Inspection;

public class IndexFileSizesTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parts_add_up_to_the_files(bool isCompound)
    {
        using var index = Index(isCompound);
        Assert.Equal(isCompound, index.Directory.ListAll().Any(name => Path.GetExtension(name) == ".cfs"));
        var parts = IndexFileSizes.Measure(index.Directory);
        Assert.Equal(
            index.Directory.ListAll().Where(name => name != "segments.gen").Sum(index.Directory.FileLength),
            parts.Sum(part => part.Bytes));
        Assert.Equal(parts.OrderByDescending(part => part.Bytes), parts);
    }

    [Fact]
    public void Parts_of_a_compound_file_are_those_of_single_files()
    {
        using ImpactIndex plain = Index(isCompound: false), compound = Index(isCompound: true);
        Assert.Equal(FindParts(plain), FindParts(compound));
        Assert.Equal(
            plain.Directory.ListAll().Where(name => Path.GetExtension(name) == ".doc").Sum(plain.Directory.FileLength),
            FindParts(compound)[IndexFileSizes.PostingsPart]);
    }

    private static SortedDictionary<string, long> FindParts(ImpactIndex index) => new(
        IndexFileSizes.Measure(index.Directory).Where(part => part.Part != "other")
            .ToDictionary(part => part.Part, part => part.Bytes), StringComparer.Ordinal);

    private static ImpactIndex Index(bool isCompound)
    {
        var index = new ImpactIndex(
            new KeywordAnalyzer(), storage: IndexStorage.Default with { IsCompound = isCompound });
        for (var number = 0; number < 60; number++)
        {
            index.Add(
                $"d{number}",
                new ImpactField(ImpactIndex.Body, new SparseVector([new("a", 3), new("b", 1 + number)]), ImpactScale.Identity),
                new StoredField("text", $"text {number}"));
            if (number == 30)
            {
                index.Writer.Commit(); // ends a segment
            }
        }

        index.Writer.Commit();
        return index;
    }
}
