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
    public void Every_token_has_the_id_of_its_place()
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
    /// As Hugging Face's library reads it: "Removed" drops what lies between the words, "Isolated" would keep it.
    /// </summary>
    [Fact]
    public void The_file_says_that_only_what_the_pattern_matches_is_kept()
    {
        WordTokenizer.Write(_folder.Path, Words);
        var split = JsonNode.Parse(File.ReadAllText(_folder.File(TextTokenizer.FileName)))!
            ["pre_tokenizer"]!["pretokenizers"]![0]!;
        Assert.Equal(
            ("Split", "Removed", true), ((string?)split["type"], (string?)split["behavior"], (bool)split["invert"]!));
        Assert.Equal(WordCounter.Pattern, (string?)split["pattern"]!["Regex"]);
    }

    [Fact]
    public void Case_and_white_space_make_no_difference()
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
    public void Letters_and_digits_are_parted_from_signs_and_what_is_not_learned_is_spelled(
        string text, params string[] pieces)
    {
        var tokenizer = WordTokenizer.Write(_folder.Path, Words);
        Assert.Equal(pieces, tokenizer.Encode(text).Select(tokenizer.GetSurface));
    }
}
