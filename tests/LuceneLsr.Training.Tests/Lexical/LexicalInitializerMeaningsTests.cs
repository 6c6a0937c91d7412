using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Training.Lexical;
using LuceneLsr.Training.Tests.Support;
using TorchSharp;
using Start = LuceneLsr.Training.Lexical.LexicalInitializer;

namespace LuceneLsr.Training.Tests.Lexical;

/// <summary>A vocabulary of one word, "cat", which spells "cats" and "scat" with an "s" beside it.</summary>
public sealed class LexicalInitializerMeaningsTests : IDisposable
{
    private const int Dimension = 12;

    private static readonly Dictionary<string, long> Counts = new() { ["cat"] = 3, ["cats"] = 9, ["scat"] = 0 };

    private readonly TemporaryFolder _folder = new();
    private readonly TextTokenizer _tokenizer;
    private readonly WordVectors _words;
    private readonly float[][] _meanings;

    public LexicalInitializerMeaningsTests()
    {
        _tokenizer = WordTokenizer.Write(_folder.Path, "cat");
        string[] words = ["cat", "cats", "scat", "xcats", .. Enumerable.Range(0, 30).Select(number => $"{number}")];
        WordVectorFiles.Write(_folder.Path, words, WordVectorFiles.Random(seed: 1, words.Length, Dimension));
        _words = WordVectors.Load(_folder.Path);
        using var meanings = Start.ComputeMeanings(_tokenizer, _words, word => Counts.GetValueOrDefault(word));
        _meanings = [.. meanings.data<float>().ToArray().Chunk(Dimension)];
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_meaning_is_a_unit_vector()
    {
        Assert.Equal(_tokenizer.VocabularySize, _meanings.Length);
        Assert.All(_meanings, meaning => Assert.Equal(1, meaning.Sum(value => (double)value * value), 1e-5));
    }

    [Fact]
    public void A_token_that_is_a_word_means_that_word() => AssertNear(Vector("cat"), _meanings[_tokenizer.Id("cat")]);

    /// <summary>"s" stands in "cats", and in two words that never occur.</summary>
    [Fact]
    public void A_piece_means_what_the_words_around_it_mean() =>
        AssertNear(Vector("cats"), _meanings[_tokenizer.Id("s")]);

    /// <summary>Once more with two words around "s", 9 and 3 times seen.</summary>
    [Fact]
    public void Words_count_by_the_logarithm_of_their_frequency()
    {
        using var meanings = Start.ComputeMeanings(_tokenizer, _words, word => word is "cats" ? 9 : word is "scat" ? 3 : 0);
        double[] mean =
            [.. Vector("cats").Zip(Vector("scat"), (cats, scat) => (Math.Log(10) * cats) + (Math.Log(4) * scat))];
        var length = Math.Sqrt(mean.Sum(value => value * value));
        AssertNear([.. mean.Select(value => value / length)], meanings[_tokenizer.Id("s")].data<float>().ToArray());
    }

    [Fact]
    public void Unknown_tokens_point_in_directions_of_their_own() =>
        Assert.NotEqual(_meanings[_tokenizer.Id("q")], _meanings[_tokenizer.Id("z")]);

    private double[] Vector(string word) =>
        [.. _words.Vectors[_words.Rows[word]].data<float>().ToArray().Select(value => (double)value)];

    private static void AssertNear(double[] expected, float[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
}
