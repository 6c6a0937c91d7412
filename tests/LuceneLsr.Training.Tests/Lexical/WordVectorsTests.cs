using LuceneLsr.TestSupport;
using LuceneLsr.Training.Lexical;
using LuceneLsr.Training.Tests.Support;

namespace LuceneLsr.Training.Tests.Lexical;

public sealed class WordVectorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// All 32 sign patterns, each dimension with a length and an offset of its own: the covariance is then diagonal,
    /// the leading components are the longest axes 1, 2 and 4, and (±1, ±2) on axes 0 and 3 remain.
    /// </summary>
    [Fact]
    public void Mean_and_three_leading_components_are_removed_then_lengths_made_one()
    {
        double[] lengths = [1, 8, 6, 2, 4], offsets = [10, -20, 5, 7, 0];
        double[][] signs = [.. Enumerable.Range(0, 32).Select(bits =>
            lengths.Select((_, axis) => (bits >> axis & 1) == 0 ? -1.0 : 1.0).ToArray())];
        WordVectorFiles.Write(_folder.Path, signs.Index().Select(word => $"w{word.Index}"),
            signs.Select(sign => sign.Select((value, axis) => offsets[axis] + (value * lengths[axis])).ToArray()));
        var words = WordVectors.Load(_folder.Path);

        Assert.Equal(signs.Index().Select(word => $"w{word.Index}"), words.Words);
        Assert.All(words.Words.Index(), word => Assert.Equal(word.Index, words.Rows[word.Item]));
        Assert.Equal([32, 5], words.Vectors.shape);
        var expected = signs.SelectMany(sign => new[] { sign[0] / Math.Sqrt(5), 0, 0, sign[3] * 2 / Math.Sqrt(5), 0 });
        Assert.All(
            expected.Zip(words.Vectors.data<float>().ToArray()),
            pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Theory]
    [InlineData("", 40)]            // no words
    [InlineData("a\nb\n", 0)]       // no vectors
    [InlineData("a\nb\n", 18)]      // four and a half each
    [InlineData("a\nb\n", 19)]      // half a number
    [InlineData("a\nb\n", 12)]      // three numbers each, of which nothing would be left
    [InlineData("a\nb\na\n", 24)]   // a word twice
    public void Files_that_do_not_fit_are_refused(string words, int bytes)
    {
        _folder.Write("words.txt", words);
        _folder.Write("vectors.f16", new byte[bytes]);
        AssertRefused();
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_value_that_is_no_number_is_refused(double value)
    {
        var vectors = WordVectorFiles.Random(seed: 1, words: 6, dimension: 5);
        vectors[3][2] = value;
        WordVectorFiles.Write(_folder.Path, "abcdef".Select(letter => $"{letter}"), vectors);
        AssertRefused();
    }

    private void AssertRefused() => Assert.StartsWith(
        _folder.Path,
        Assert.Throws<InvalidDataException>(() => WordVectors.Load(_folder.Path)).Message, StringComparison.Ordinal);
}
