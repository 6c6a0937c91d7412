using LuceneLsr.TestSupport;
using LuceneLsr.Training.Lexical;
using LuceneLsr.Training.Tests.Support;

namespace LuceneLsr.Training.Tests.Lexical;

public sealed class WordVectorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// The words cover all 32 sign patterns, and each dimension has its own scale and offset. The covariance is
    /// diagonal, so the leading components are the longest axes 1, 2 and 4, and (±1, ±2) on axes 0 and 3 remains.
    /// </summary>
    [Fact]
    public void Load_removes_the_mean_and_three_leading_components_and_normalizes_lengths()
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
    [InlineData("a\nb\n", 18)]      // 4.5 floats per word
    [InlineData("a\nb\n", 19)]      // an odd number of bytes
    [InlineData("a\nb\n", 12)]      // only three dimensions, all of which would be removed
    [InlineData("a\nb\na\n", 24)]   // duplicate word
    public void Load_of_files_that_do_not_match_throws(string words, int bytes)
    {
        _folder.Write("words.txt", words);
        _folder.Write("vectors.f16", new byte[bytes]);
        AssertThrows();
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Load_of_a_value_that_is_not_finite_throws(double value)
    {
        var vectors = WordVectorFiles.Random(seed: 1, words: 6, dimension: 5);
        vectors[3][2] = value;
        WordVectorFiles.Write(_folder.Path, "abcdef".Select(letter => $"{letter}"), vectors);
        AssertThrows();
    }

    private void AssertThrows() => Assert.StartsWith(
        _folder.Path,
        Assert.Throws<InvalidDataException>(() => WordVectors.Load(_folder.Path)).Message, StringComparison.Ordinal);
}
