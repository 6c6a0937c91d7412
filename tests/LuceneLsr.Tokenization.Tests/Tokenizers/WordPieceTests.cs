using System.Text.Json.Nodes;
using CsCheck;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Tests.Tokenizers;

/// <summary>
/// BERT's tokenizer, reduced to the tokens of the test strings, and the ids of these strings by another implementation
/// with the complete vocabulary (see Reference/MaskedLm/README.md).
/// </summary>
public class WordPieceTests
{
    private const int Cls = 101, Sep = 102, Unknown = 100;

    public static TheoryData<string> Variants { get; } = ["bert", "bert_cased", "bert_accents", "bert_unclean"];

    [Theory]
    [MemberData(nameof(Variants))]
    public void Encode_matches_reference_implementation(string variant) =>
        AssertMatchesReference(variant, ModelFamilyTokenizer.Load(variant));

    [Theory]
    [InlineData("bert", null)]
    [InlineData("bert", """{"tokenizer_class": "BertTokenizer", "do_lower_case": true}""")]
    [InlineData("bert_cased", """{"tokenizer_class": "DistilBertTokenizerFast", "do_lower_case": false}""")]
    [InlineData("bert_accents", """{"strip_accents": false, "model_max_length": 512}""")]
    public void Encode_with_vocabulary_text_matches_reference_implementation(string variant, string? config) =>
        AssertMatchesReference(variant, LoadVocabularyText(config));

    [Fact]
    public void Encode_random_text_is_same_with_json_and_vocabulary_text()
    {
        TextTokenizer json = ModelFamilyTokenizer.Load("bert"), text = LoadVocabularyText(config: null);
        Gen.OneOf(Gen.String, Gen.String[Gen.Char[' ', '\u02ff'], 0, 40], Gen.String[Gen.Char["abcé., ü中#"], 0, 40])
            .Sample(sample => Assert.Equal(json.Encode(sample), text.Encode(sample)));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Encode_with_max_tokens_returns_first_ids_and_covered_text(string variant)
    {
        var tokenizer = ModelFamilyTokenizer.Load(variant);
        var indexGen = Gen.Int[0, ModelFamilyTokenizer.Texts.Count - 1];
        Gen.Select(indexGen.Array[1, 4], Gen.Int[1, 30]).Sample((indices, count) =>
        {
            var text = string.Concat(indices.Select(index => ModelFamilyTokenizer.Texts[index]));
            var all = tokenizer.Encode(text, int.MaxValue, out var whole);
            var ids = tokenizer.Encode(text, count, out var read);
            Assert.Equal(all.Take(count), ids);
            Assert.StartsWith(read, whole, StringComparison.Ordinal);
            Assert.Equal(all.Count <= count, read.Length == whole.Length);
            Assert.Equal(ids, tokenizer.Encode(read));
        });
    }

    [Theory]
    [InlineData("Café ÉCOLE", "cafe ecole")]
    [InlineData("a\u0000b\tc", "ab c")]
    [InlineData("x中y", "x 中 y")]
    [InlineData(" end. ", " end.")]
    public void Encode_returns_normalized_text(string text, string normalized)
    {
        ModelFamilyTokenizer.Load("bert").Encode(text, int.MaxValue, out var read);
        Assert.Equal(normalized, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    [InlineData("\u200b\u0000")]
    public void Encode_text_without_words_returns_no_ids(string text) =>
        Assert.Empty(ModelFamilyTokenizer.Load("bert").Encode(text));

    [Fact]
    public void Encode_word_of_more_than_100_characters_is_unknown()
    {
        var tokenizer = ModelFamilyTokenizer.Load("bert");
        Assert.NotEqual([Unknown], tokenizer.Encode(new string('a', 100)));
        Assert.Equal([Unknown], tokenizer.Encode(new string('a', 101)));
        Assert.Equal([Unknown], tokenizer.Encode(new string('a', 2_000_000), 1, out var read));
        Assert.Equal(2_000_000, read.Length);
    }

    [Fact]
    public void Template_is_cls_and_sep()
    {
        foreach (var tokenizer in (TextTokenizer[])[ModelFamilyTokenizer.Load("bert"), LoadVocabularyText(null)])
        {
            Assert.Equal([Cls], tokenizer.Template.Before);
            Assert.Equal([Sep], tokenizer.Template.After);
        }
    }

    [Theory]
    [InlineData(1996, "the", "the", true)]
    [InlineData(2075, "##ing", "ing", false)]
    [InlineData(1001, "#", "#", true)]
    [InlineData(Cls, "[CLS]", null, false)]
    [InlineData(Unknown, "[UNK]", null, false)]
    [InlineData(2032, null, null, false)] // not in the reduced vocabulary
    public void GetSurface_is_token_without_prefix(int id, string? token, string? surface, bool startsWord)
    {
        var tokenizer = ModelFamilyTokenizer.Load("bert");
        Assert.Equal(token, tokenizer.GetToken(id));
        Assert.Equal(surface, tokenizer.GetSurface(id));
        Assert.Equal(startsWord, tokenizer.StartsWord(id));
    }

    [Fact]
    public void CountPieces_matches_word_inside_text()
    {
        var tokenizer = ModelFamilyTokenizer.Load("bert");
        Assert.All((string[])["the", "Straße", "p53", "apoE4", "мир", "中文"], word => Assert.Equal(
            tokenizer.Encode($"x {word}").Count - tokenizer.Encode("x").Count, tokenizer.CountPieces(word)));
    }

    [Theory]
    [InlineData("tokenizer_class", """{"tokenizer_class": "BertJapaneseTokenizer"}""")]
    [InlineData("do_basic_tokenize", """{"do_basic_tokenize": false}""")]
    [InlineData("do_lower_case", """{"do_lower_case": "yes"}""")]
    [InlineData("not a JSON object", "[]")]
    public void Load_unsupported_tokenizer_config_throws_naming_field(string named, string config)
    {
        var message = Assert.Throws<CheckpointException>(() => LoadVocabularyText(config)).Message;
        Assert.Contains("tokenizer_config.json: ", message, StringComparison.Ordinal);
        Assert.Contains(named, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[CLS]")]
    [InlineData("[SEP]")]
    [InlineData("[UNK]")]
    public void Load_vocabulary_text_without_special_token_throws_naming_it(string token)
    {
        using var folder = new TemporaryFolder();
        var lines = ((string[])["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a"]).Except([token]);
        folder.Write("vocab.txt", string.Join('\n', lines));
        var message = Assert.Throws<CheckpointException>(() => TextTokenizer.Load(folder.Path)).Message;
        Assert.StartsWith(folder.File("vocab.txt"), message, StringComparison.Ordinal);
        Assert.Contains(token, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unk_token", "\"[NONE]\"", "model.unk_token")]
    [InlineData("unk_token", null, "unk_token")]
    [InlineData("max_input_chars_per_word", "0", "model.max_input_chars_per_word")]
    [InlineData("continuing_subword_prefix", "1", "continuing_subword_prefix")]
    public void Load_malformed_model_throws_naming_field(string field, string? value, string named)
    {
        const string Model = """
            {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
             "max_input_chars_per_word": 100, "vocab": {"[UNK]": 0, "a": 1} }
            """;
        var json = JsonMutations.With(
            """{"pre_tokenizer": {"type": "BertPreTokenizer"} }""", "model", JsonMutations.With(Model, field, value));
        var message = Assert.Throws<CheckpointException>(() => ReferenceTokenizer.Parse(json)).Message;
        Assert.Contains(named, message, StringComparison.Ordinal);
    }

    private static void AssertMatchesReference(string variant, TextTokenizer tokenizer)
    {
        var expected = ModelFamilyTokenizer.Texts.Zip(ModelFamilyTokenizer.GetExpectedIds(variant))
            .Where(row => row.Second is not null).ToList();
        Assert.Equal(2527, expected.Count);
        Assert.All(expected, row => Assert.Equal(row.Second, tokenizer.Encode(row.First)));
    }

    private static TextTokenizer LoadVocabularyText(string? config)
    {
        using var folder = new TemporaryFolder();
        ModelFamilyTokenizer.Write("bert", folder);
        var vocabulary = JsonNode.Parse(File.ReadAllText(folder.File(TextTokenizer.FileName)))!["model"]!["vocab"]!
            .AsObject().ToDictionary(entry => entry.Value!.GetValue<int>(), entry => entry.Key);
        File.Delete(folder.File(TextTokenizer.FileName));
        folder.Write("vocab.txt", string.Concat(Enumerable.Range(0, vocabulary.Keys.Max() + 1)
            .Select(id => vocabulary.GetValueOrDefault(id, $"[unused{id}]") + "\n")));
        if (config is not null)
        {
            folder.Write("tokenizer_config.json", config);
        }

        return TextTokenizer.Load(folder.Path);
    }
}
