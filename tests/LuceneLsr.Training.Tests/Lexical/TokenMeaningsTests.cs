using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Training.Lexical;
using LuceneLsr.Training.Tests.Support;
using TorchSharp;

namespace LuceneLsr.Training.Tests.Lexical;

/// <summary>
/// The tokens are the word "cat" and the single bytes, so "cats" and "scat" are spelled with "cat" and "s".
/// </summary>
public sealed class TokenMeaningsTests : IDisposable
{
    private const int Dimension = 12;

    private static readonly Dictionary<string, long> Counts = new() { ["cat"] = 3, ["cats"] = 9, ["scat"] = 0 };

    private readonly TemporaryFolder _folder = new();
    private readonly TextTokenizer _tokenizer;
    private readonly WordVectors _words;
    private readonly float[][] _meanings;

    public TokenMeaningsTests()
    {
        _tokenizer = WordTokenizer.Write(_folder.Path, "cat");
        string[] words = ["cat", "cats", "scat", "xcats", .. Enumerable.Range(0, 30).Select(number => $"{number}")];
        WordVectorFiles.Write(_folder.Path, words, WordVectorFiles.Random(seed: 1, words.Length, Dimension));
        _words = WordVectors.Load(_folder.Path);
        using var meanings = TokenMeanings.Compute(_tokenizer, _words, word => Counts.GetValueOrDefault(word));
        _meanings = [.. meanings.data<float>().ToArray().Chunk(Dimension)];
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Compute_returns_a_unit_vector_per_token()
    {
        Assert.Equal(_tokenizer.VocabularySize, _meanings.Length);
        Assert.All(_meanings, meaning => Assert.Equal(1, meaning.Sum(value => (double)value * value), 1e-5));
    }

    [Fact]
    public void Compute_gives_a_whole_word_token_the_vector_of_its_word() =>
        AssertNear(Vector("cat"), _meanings[_tokenizer.Id("cat")]);

    /// <summary>"s" occurs in "cats" and in two words that have a count of 0.</summary>
    [Fact]
    public void Compute_gives_a_piece_the_mean_vector_of_the_words_that_contain_it() =>
        AssertNear(Vector("cats"), _meanings[_tokenizer.Id("s")]);

    /// <summary>"s" occurs in "cats", which has a count of 9, and in "scat", which has a count of 3.</summary>
    [Fact]
    public void Compute_weights_words_by_the_logarithm_of_their_count()
    {
        using var meanings = TokenMeanings.Compute(
            _tokenizer, _words, word => word is "cats" ? 9 : word is "scat" ? 3 : 0);
        double[] mean =
            [.. Vector("cats").Zip(Vector("scat"), (cats, scat) => (Math.Log(10) * cats) + (Math.Log(4) * scat))];
        var length = Math.Sqrt(mean.Sum(value => value * value));
        AssertNear([.. mean.Select(value => value / length)], meanings[_tokenizer.Id("s")].data<float>().ToArray());
    }

    [Fact]
    public void Compute_gives_unknown_tokens_different_directions() =>
        Assert.NotEqual(_meanings[_tokenizer.Id("q")], _meanings[_tokenizer.Id("z")]);

    private double[] Vector(string word) =>
        [.. _words.Vectors[_words.Rows[word]].data<float>().ToArray().Select(value => (double)value)];

    private static void AssertNear(double[] expected, float[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
}
