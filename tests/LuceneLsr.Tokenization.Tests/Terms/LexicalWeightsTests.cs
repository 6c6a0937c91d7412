using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Tests.Terms;

public sealed class LexicalWeightsTests : IDisposable
{
    private static readonly string[] Vocabulary = ["[UNK]", "[CLS]", "[SEP]", "cat", "cats", "dog", "[PAD]", "[MASK]"];
    private static readonly TermVocabulary Terms = new(["cat", "dog", "bird"]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Save_then_TryLoad_returns_equal_weights()
    {
        new LexicalWeights(new Dictionary<string, float> { ["dog"] = 0.3f, ["cat"] = 2 }).Save(_folder.Path);
        var again = LexicalWeights.TryLoad(_folder.Path, Terms)!;
        Assert.Equal([2, 0.3f, 0], new[] { "cat", "dog", "bird" }.Select(term => again[term]));
    }

    [Fact]
    public void TryLoad_directory_without_file_returns_null() =>
        Assert.Null(LexicalWeights.TryLoad(_folder.Path, Terms));

    [Theory]
    [InlineData("dog", "expected a term, a tab and a weight of at least 0")]
    [InlineData("dog\t-1", "expected a term, a tab and a weight of at least 0")]
    [InlineData("fish\t1", "'fish' is not in the checkpoint's terms.txt")]
    [InlineData("cat\t1", "duplicate term 'cat'")]
    public void TryLoad_malformed_line_throws_naming_line(string line, string problem)
    {
        var path = _folder.WriteLines(LexicalWeights.FileName, "cat\t1", line);
        var error = Assert.Throws<CheckpointException>(() => LexicalWeights.TryLoad(_folder.Path, Terms));
        Assert.StartsWith($"{path}, line 2: {problem}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Term_space_without_lexical_weights_finds_none() =>
        Assert.Empty(CreateSpace(weights: null).FindLexicalWeights([3, 5], TextSide.Document));

    /// <summary>
    /// "cat" and "cats" occur three times among four tokens, where the average is two: the factor is that of BM25,
    /// 3 x 2.2 / (3 + 1.2 x (0.25 + 0.75 x 2)) = 1.29, and 2.2 / (1 + 2.1) = 0.71 for "dog". "bird" has no weight.
    /// </summary>
    [Fact]
    public void Lexical_weights_of_documents_count_frequency_and_length_and_those_of_queries_do_not()
    {
        var space = CreateSpace(new LexicalWeights(new Dictionary<string, float> { ["cat"] = 2, ["dog"] = 1 }));
        var tokens = space.Tokenizer.Encode("cat dog cats cat");
        Assert.Equal([(0, 2), (1, 1)], space.FindLexicalWeights(tokens, TextSide.Query));
        var document = space.FindLexicalWeights(tokens, TextSide.Document).ToDictionary();
        Assert.Equal([0, 1], document.Keys.Order());
        Assert.Equal(2 * 6.6f / 5.1f, document[0], 1e-5);
        Assert.Equal(2.2f / 3.1f, document[1], 1e-5);
    }

    [Fact]
    public void TryLoad_empty_file_throws()
    {
        var path = _folder.Write(LexicalWeights.FileName, "");
        Assert.StartsWith($"{path}: the file is empty.",
            Assert.Throws<CheckpointException>(() => LexicalWeights.TryLoad(_folder.Path, Terms)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Whole_words_of_documents_count_frequency_and_length()
    {
        var space = CreateSpace(weights: null);
        var document = space.CreateVector(new Dictionary<string, float>(), 4, "cat p53 P53 p53", TextSide.Document);
        var query = space.CreateVector(new Dictionary<string, float>(), 4, "p53 p53", TextSide.Query);
        Assert.Equal([("p53", 3)], query.Entries.Select(entry => (entry.Term, entry.Weight)));
        var word = Assert.Single(document.Entries);
        Assert.Equal("p53", word.Term);
        Assert.Equal(3 * 6.6f / 5.1f, word.Weight, 1e-5);
    }

    private TermSpace CreateSpace(LexicalWeights? weights)
    {
        File.WriteAllLines(_folder.File("vocab.txt"), Vocabulary);
        var settings = new LsrSettings
        {
            TermRule = new TermRule(Stemming.Porter),
            DocumentTermFrequency = new TermFrequencyFactor(K1: 1.2f, B: 0.75f, AverageTokens: 2),
            WholeWordWeight = PerSide.Both(3f),
        };
        return new TermSpace(TextTokenizer.Load(_folder.Path), Terms, settings, weights);
    }
}
