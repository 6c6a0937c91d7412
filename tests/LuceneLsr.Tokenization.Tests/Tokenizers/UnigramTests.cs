using System.Text.Json.Nodes;
using CsCheck;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Tests.Tokenizers;

/// <summary>
/// A miniature of XLM-RoBERTa's tokenizer, and the ids of the test strings by another implementation (see
/// Reference/MaskedLm/README.md).
/// </summary>
public class UnigramTests
{
    private const string ModelFileName = "sentencepiece.bpe.model";

    public static TheoryData<string> Variants { get; } = ["xlmr", "xlmr_metaspace"];

    [Theory]
    [MemberData(nameof(Variants))]
    public void Encode_matches_reference_implementation(string variant) =>
        AssertMatchesReference(variant, ModelFamilyTokenizer.Load(variant));

    [Fact]
    public void Encode_with_sentencepiece_model_matches_its_conversion() =>
        AssertMatchesReference("xlmr", LoadModel());

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
        });
    }

    [Theory]
    [InlineData("  Ａ　b\n", " A b")]
    [InlineData("x ▁y", " x y")]
    [InlineData("\u00a0", "")]
    public void Encode_returns_normalized_text(string text, string normalized)
    {
        ModelFamilyTokenizer.Load("xlmr").Encode(text, int.MaxValue, out var read);
        Assert.Equal(normalized, read);
    }

    [Fact]
    public void Template_and_special_tokens_are_those_of_XLM_RoBERTa()
    {
        foreach (var tokenizer in (TextTokenizer[])[ModelFamilyTokenizer.Load("xlmr"), LoadModel()])
        {
            Assert.Equal([0], tokenizer.Template.Before);
            Assert.Equal([2], tokenizer.Template.After);
            Assert.Equal(
                ["<s>", "<pad>", "</s>", "<unk>", "<mask>"],
                ((int[])[0, 1, 2, 3, tokenizer.VocabularySize - 1]).Select(tokenizer.GetToken));
            Assert.Null(tokenizer.GetSurface(1));
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void CountPieces_matches_word_inside_text(string variant)
    {
        var tokenizer = ModelFamilyTokenizer.Load(variant);
        string[] words = ["the", "thes", "cat", "Dog", "xyzzy", "42"];
        Assert.All(words, word => Assert.Equal(
            tokenizer.Encode($"x {word}").Count - tokenizer.Encode("x").Count, tokenizer.CountPieces(word)));
        Assert.Equal(1, tokenizer.CountPieces("the"));
    }

    [Fact]
    public void GetSurface_is_token_with_space()
    {
        var tokenizer = ModelFamilyTokenizer.Load("xlmr");
        var (the, s) = (tokenizer.Encode("the").Single(), tokenizer.Encode("thes")[^1]);
        Assert.Equal(("▁the", " the", true),
            (tokenizer.GetToken(the), tokenizer.GetSurface(the), tokenizer.StartsWord(the)));
        Assert.Equal(("s", "s", false), (tokenizer.GetToken(s), tokenizer.GetSurface(s), tokenizer.StartsWord(s)));
    }

    /// <summary>The best of all segmentations, found by trying each.</summary>
    [Fact]
    public void Encode_finds_segmentation_with_largest_score()
    {
        (string Text, double Score)[] pieces =
            [("<unk>", 0), ("▁", -3), ("a", -2), ("b", -2.5), ("ab", -4.75), ("▁a", -4), ("ba", -3.75), ("aab", -6)];
        var vocabulary = new JsonArray([.. pieces.Select(piece => new JsonArray(piece.Text, piece.Score))]);
        var tokenizer = ReferenceTokenizer.Parse(new JsonObject
        {
            ["added_tokens"] = new JsonArray(
                new JsonObject { ["id"] = 0, ["content"] = "<unk>", ["special"] = true }),
            ["pre_tokenizer"] = new JsonObject
            {
                ["type"] = "Metaspace", ["replacement"] = "▁", ["prepend_scheme"] = "always",
            },
            ["model"] = new JsonObject { ["type"] = "Unigram", ["unk_id"] = 0, ["vocab"] = vocabulary },
        }.ToJsonString());
        Gen.String[Gen.Char["ab"], 1, 8].Sample(word =>
        {
            var score = tokenizer.Encode(word).Sum(id => pieces[id].Score);
            Assert.Equal(FindBestScore("▁" + word), score);
        });

        double FindBestScore(string rest) => rest.Length == 0
            ? 0
            : pieces.Skip(1).Where(piece => rest.StartsWith(piece.Text, StringComparison.Ordinal))
                .Max(piece => piece.Score + FindBestScore(rest[piece.Text.Length..]));
    }

    [Fact]
    public void Encode_very_long_word_with_max_tokens_is_fast()
    {
        var ids = ModelFamilyTokenizer.Load("xlmr").Encode(new string('=', 500_000), 20);
        Assert.Equal(20, ids.Count);
    }

    [Theory]
    [InlineData("vocab", "[[\"a\"]]", "model.vocab")]
    [InlineData("vocab", "[]", "model.vocab")]
    [InlineData("vocab", "{\"a\": 1}", "vocab")]
    [InlineData("unk_id", "1", "model.unk_id")]
    [InlineData("unk_id", null, "unk_id")]
    [InlineData("byte_fallback", "true", "model.byte_fallback")]
    public void Load_malformed_model_throws_naming_field(string field, string? value, string named)
    {
        const string Model = """{"type": "Unigram", "unk_id": 0, "byte_fallback": false, "vocab": [["a", -1]]}""";
        AssertRejected(named, JsonMutations.With("{}", "model", JsonMutations.With(Model, field, value)));
    }

    [Theory]
    [InlineData("normalizer", "{\"type\": \"Precompiled\", \"precompiled_charsmap\": \"?\"}", "precompiled_charsmap")]
    [InlineData(
        "normalizer", "{\"type\": \"Precompiled\", \"precompiled_charsmap\": \"AAAA\"}", "precompiled_charsmap")]
    [InlineData(
        "normalizer",
        "{\"type\": \"Replace\", \"pattern\": {\"Regex\": \"a+\"}, \"content\": \" \"}", "normalizer.pattern.Regex")]
    [InlineData(
        "pre_tokenizer",
        """
        {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"},
          {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first"}]}
        """, "pre_tokenizer.prepend_scheme")]
    public void Load_unsupported_step_throws_naming_field(string member, string value, string named) => AssertRejected(
        named,
        JsonMutations.With("""{"model": {"type": "Unigram", "unk_id": 0, "vocab": [["a", -1]]} }""", member, value));

    [Fact]
    public void Load_sentencepiece_model_of_another_class_throws_naming_field()
    {
        var message = Assert.Throws<CheckpointException>(
            () => LoadModel("""{"tokenizer_class": "CamembertTokenizer"}""")).Message;
        Assert.Contains("tokenizer_config.json: field 'tokenizer_class'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BPE_model_as_XLM_RoBERTa_throws_naming_field()
    {
        using var folder = new TemporaryFolder();
        folder.Write(ModelFileName, ModelFamilyTokenizer.Resource(ModelFamilyTokenizer.Model));
        var message = Assert.Throws<CheckpointException>(() => TextTokenizer.Load(folder.Path)).Message;
        Assert.Contains("trainer_spec.model_type", message, StringComparison.Ordinal);
    }

    private static TextTokenizer LoadModel(string config = "{}")
    {
        using var folder = new TemporaryFolder();
        folder.Write(ModelFileName, ModelFamilyTokenizer.Resource("xlmr.model"));
        folder.Write("tokenizer_config.json", config);
        return TextTokenizer.Load(folder.Path);
    }

    private static void AssertMatchesReference(string variant, TextTokenizer tokenizer)
    {
        var expected = ModelFamilyTokenizer.GetExpectedIds(variant);
        Assert.Equal(2560, expected.Length);
        Assert.All(
            ModelFamilyTokenizer.Texts.Zip(expected), row => Assert.Equal(row.Second, tokenizer.Encode(row.First)));
    }

    private static void AssertRejected(string named, string json) => Assert.Contains(
        named, Assert.Throws<CheckpointException>(() => ReferenceTokenizer.Parse(json)).Message,
        StringComparison.Ordinal);
}
