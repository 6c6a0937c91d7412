using CsCheck;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Codecs;
using LuceneLsr.Documents;
using LuceneLsr.Inspection;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Inspection;

public class ImpactFieldSizeTests
{
    // Of Lucene's .doc file. Its header lists how blocks are packed: a version and a byte per number of bits. The other
    // field has one posting per term, which is in the term dictionary.
    private static readonly int HeaderAndFooter =
        CodecUtil.HeaderLength("Lucene41PostingsWriterDoc") + 1 + 32 + CodecUtil.FooterLength();

    private static readonly IndexStorage Plain = IndexStorage.Default with { IsCompound = false };

    /// <summary>Lucene writes no skip data for up to 128 postings.</summary>
    [Fact]
    public void Bytes_are_those_of_the_postings_file() => Gen.Int[0, 300].Array[5].Array[1, 128].Sample(documents =>
    {
        using var index = Index(documents);
        Assert.Equal(MeasurePostings(index) - HeaderAndFooter, Read(index).Bytes);
    }, iter: 30);

    [Theory]
    [InlineData(128, 1)]
    [InlineData(128, 7)] // one block, of a constant
    [InlineData(127, 200)]
    [InlineData(2, 300)]
    [InlineData(1, 5)]
    public void Bytes_of_equal_impacts_are_those_of_the_postings_file(int count, int impact)
    {
        using var index = Index([.. Enumerable.Repeat<int[]>([impact], count)]);
        var size = Read(index);
        Assert.Equal(MeasurePostings(index) - HeaderAndFooter, size.Bytes);
        Assert.Equal(new("t0", count, size.Bytes, impact), Assert.Single(size.Terms));
        Assert.Equal((impact + 1, count), (size.Histogram.Count, size.Histogram[impact]));
    }

    [Fact]
    public void Bytes_of_long_postings_lack_skip_data_alone()
    {
        using var index = Index([.. Enumerable.Range(0, 2000).Select(number => new[] { 1 + (number % 90) })]);
        var (bytes, measured) = (Read(index).Bytes, MeasurePostings(index) - HeaderAndFooter);
        Assert.InRange(bytes, 0.9 * measured, measured);
    }

    [Fact]
    public void Sizes_of_segments_add_up()
    {
        using var index = new ImpactIndex(new KeywordAnalyzer(), storage: Plain);
        Add(index, [3, 1]);
        index.Writer.Commit();
        Add(index, [4, 0]);
        var size = Read(index);
        Assert.Equal([("t0", 2L, 4), ("t1", 1L, 1)], size.Terms.Select(term => (term.Term, term.Postings, term.MaxImpact)));
        Assert.Equal([0, 1, 0, 1, 1], size.Histogram);
        Assert.Equal(3, size.Postings);
    }

    private static ImpactIndex Index(int[][] documents)
    {
        var index = new ImpactIndex(new KeywordAnalyzer(), storage: Plain);
        foreach (var impacts in documents)
        {
            Add(index, impacts);
        }

        index.Writer.Commit();
        return index;
    }

    private static void Add(ImpactIndex index, int[] impacts) => index.Add(Guid.NewGuid().ToString(), new ImpactField(
        ImpactIndex.Body,
        new SparseVector(impacts.Index().Where(term => term.Item > 0).Select(
            term => new TermWeight($"t{term.Index}", term.Item))),
        ImpactScale.Identity));

    private static ImpactFieldSize Read(ImpactIndex index) =>
        ImpactFieldSize.Read(index.Open().IndexReader, ImpactIndex.Body);

    private static long MeasurePostings(ImpactIndex index) => index.Directory.ListAll()
        .Where(name => Path.GetExtension(name) == ".doc").Sum(index.Directory.FileLength);
}
