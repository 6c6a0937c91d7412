using System.Text.Json.Nodes;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;
using LuceneLsr.Training.Tests.Support;
using LuceneLsr.Training.Tokenizers;

namespace LuceneLsr.Training.Tests.Tokenizers;

public sealed class TokenizerFileTests : IDisposable
{
    private static readonly string[] Words = ["the", "cat", "café", "p53", "\"\\", "<>"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Save_gives_each_token_its_index_as_id()
    {
        var (tokens, merges) = BpeTrainer.Train(
            Words.Select(word => KeyValuePair.Create(ByteLevelAlphabet.Encode(word), 2L)), 1000);
        TokenizerFile.Save(_folder.Path, tokens, merges);
        var tokenizer = TextTokenizer.Load(_folder.Path);
        Assert.Equal(
            tokens.Select(ByteLevelAlphabet.Decode),
            Enumerable.Range(0, tokenizer.VocabularySize).Select(tokenizer.GetSurface));
        Assert.All(Words, word => Assert.Equal(word, tokenizer.GetSurface(tokenizer.Id(word))));
    }

    /// <summary>
    /// In the Hugging Face library, "Removed" drops the text between matches and "Isolated" would keep it.
    /// </summary>
    [Fact]
    public void Saved_pre_tokenizer_keeps_only_the_matches_of_the_pattern()
    {
        WordTokenizer.Write(_folder.Path, Words);
        var split = JsonNode.Parse(File.ReadAllText(_folder.File(TextTokenizer.FileName)))!
            ["pre_tokenizer"]!["pretokenizers"]![0]!;
        Assert.Equal(
            ("Split", "Removed", true), ((string?)split["type"], (string?)split["behavior"], (bool)split["invert"]!));
        Assert.Equal(WordCounter.Pattern, (string?)split["pattern"]!["Regex"]);
    }

    [Fact]
    public void Saved_tokenizer_ignores_case_and_white_space()
    {
        var tokenizer = WordTokenizer.Write(_folder.Path, Words);
        int[] expected = [tokenizer.Id("the"), tokenizer.Id("cat"), tokenizer.Id("café")];
        Assert.All(
            ["the cat café", " The\tCAT\r\n Café "],
            text => Assert.Equal(expected, tokenizer.Encode(text)));
    }

    [Theory]
    [InlineData("the,cat", "the", ",", "cat")]
    [InlineData("p53", "p53")]
    [InlineData("p54", "p", "5", "4")]
    [InlineData("thecat", "the", "cat")]
    [InlineData("cat\"\\", "cat", "\"\\")]
    [InlineData("\"\\cat", "\"\\", "cat")]
    public void Saved_tokenizer_splits_words_from_punctuation_and_spells_unknown_words(
        string text, params string[] pieces)
    {
        var tokenizer = WordTokenizer.Write(_folder.Path, Words);
        Assert.Equal(pieces, tokenizer.Encode(text).Select(tokenizer.GetSurface));
    }
}
