using System.Text.Json.Nodes;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Tests.Tokenizers.HuggingFace;

/// <summary>A tokenizer that is almost right fails silently, so unsupported features are rejected by name.</summary>
public class TokenizerJsonTests
{
    private const string Split =
        """{"type": "Split", "pattern": {"Regex": "\\S+|\\s+"}, "behavior": "Isolated", "invert": false}""";

    private const string SplitAtSpace =
        """{"type": "Split", "pattern": {"String": " "}, "behavior": "Removed", "invert": false}""";

    private const string Metaspace = """{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "never"}""";

    private const string ByteLevel = """{"type": "ByteLevel", "add_prefix_space": false, "use_regex": false}""";

    private const string Valid =
        $$"""
        {"added_tokens": [{"id": 5, "content": "<s>", "special": true}], "normalizer": {"type": "Lowercase"},
         "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{{Split}}, {{ByteLevel}}]},
         "post_processor": {"type": "TemplateProcessing",
           "single": [{"SpecialToken": {"id": "<s>"} }, {"Sequence": {"id": "A"} }],
           "special_tokens": {"<s>": {"ids": [5]} } },
         "model": {"type": "BPE", "byte_fallback": false, "vocab": {"Ġ": 0, "a": 1, "b": 2, "ab": 3},
           "merges": ["a b"]} }
        """;

    [Fact]
    public void Load_minimal_file_encodes_text() =>
        Assert.Equal([3, 0, 2, 1], ReferenceTokenizer.Parse(Valid).Encode("AB ba"));

    [Theory]
    [InlineData("model", null)]
    [InlineData("model", "[]")]
    [InlineData("pre_tokenizer", "[]")]
    [InlineData("pre_tokenizer", "{\"type\": \"Whitespace\"}")]
    [InlineData("pretokenizers", "{\"type\": \"Sequence\"}", "pre_tokenizer")]
    [InlineData("pre_tokenizer", $"{{\"type\": \"Sequence\", \"pretokenizers\": [{ByteLevel}, {Split}]}}")]
    [InlineData("pre_tokenizer", $"{{\"type\": \"Sequence\", \"pretokenizers\": [{Metaspace}, {Split}]}}")]
    [InlineData("replacement", "{\"type\": \"Metaspace\", \"replacement\": \"_\"}", "pre_tokenizer")]
    [InlineData(
        "prepend_scheme",
        "{\"type\": \"Metaspace\", \"replacement\": \"▁\", \"prepend_scheme\": \"x\"}", "pre_tokenizer")]
    [InlineData("normalizer", "{\"type\": \"StripAccents\"}")]
    [InlineData("normalizer", "[]")]
    [InlineData("normalizer.prepend", "{\"type\": \"Prepend\", \"prepend\": \"ab\"}", "normalizer")]
    [InlineData(
        "normalizer.pattern.Regex",
        "{\"type\": \"Replace\", \"pattern\": {\"Regex\": \" +\"}, \"content\": \" \"}", "normalizer")]
    [InlineData("cls", "{\"type\": \"BertProcessing\"}", "post_processor")]
    [InlineData("post_processor", "{\"type\": \"Other\"}")]
    [InlineData("added_tokens", "null")]
    [InlineData("added_tokens.rstrip", "[{\"id\": 5, \"content\": \"x\", \"rstrip\": true}]", "added_tokens")]
    [InlineData("added_tokens.id", "[{\"id\": 5, \"content\": \"a\"}]", "added_tokens")]
    [InlineData("added_tokens.content", "[{\"id\": 5, \"content\": \"\"}]", "added_tokens")]
    public void Load_unsupported_step_throws_naming_field(string named, string? value, string? member = null) =>
        AssertRejected(named, JsonMutations.With(Valid, member ?? named, value));

    [Theory]
    [InlineData("normalizer", null, new[] { 1, 0, 2 })]
    [InlineData("normalizer", "null", new[] { 1, 0, 2 })]
    [InlineData(
        "normalizer",
        "{\"type\": \"Replace\", \"pattern\": {\"String\": \" \"}, \"content\": \"\"}", new[] { 3 })]
    [InlineData("pre_tokenizer", ByteLevel, new[] { 1, 0, 2 })]
    [InlineData(
        "pre_tokenizer",
        $"{{\"type\": \"Sequence\", \"pretokenizers\": [{SplitAtSpace}, {Split}, {ByteLevel}]}}", new[] { 1, 2 })]
    public void Load_step_changes_ids(string member, string? value, int[] ids) =>
        Assert.Equal(ids, ReferenceTokenizer.Parse(JsonMutations.With(Valid, member, value)).Encode("a b"));

    [Theory]
    [InlineData("type", "\"WordLevel\"", "model.type")]
    [InlineData("end_of_word_suffix", "\"</w>\"", "model.end_of_word_suffix")]
    [InlineData("unk_token", "\"?\"", "model.unk_token")]
    [InlineData("ignore_merges", "1", "ignore_merges")]
    [InlineData("byte_fallback", "true", "byte_fallback")]
    [InlineData("vocab", null, "vocab")]
    [InlineData("vocab", "{}", "vocab")]
    [InlineData("vocab", "{\"a\": 1.5}", "vocab")]
    [InlineData("vocab", "{\"a\": -1}", "vocab")]
    [InlineData("vocab", "{\"a\": 2147483647}", "vocab")]
    [InlineData("vocab", "{\"a\": 1, \"a\": 2}", "vocab")]
    [InlineData("vocab", "[\"a\"]", "vocab")]
    [InlineData("merges", null, "merges")]
    [InlineData("merges", "[null]", "merges")]
    [InlineData("merges", "[[\"a\"]]", "merges")]
    [InlineData("merges", "[\"a\"]", "merges")]
    [InlineData("merges", "[\"a z\"]", "merges")]
    [InlineData("merges", "[[\" a\", \"b\"]]", "merges")]
    public void Load_unsupported_or_malformed_model_throws_naming_field(string field, string? value, string named)
    {
        var model = JsonNode.Parse(Valid)!["model"]!.ToJsonString();
        AssertRejected(named, JsonMutations.With(Valid, "model", JsonMutations.With(model, field, value)));
    }

    [Theory]
    [InlineData("behavior", "\"MergedWithNext\"", "pre_tokenizer.behavior")]
    [InlineData("pattern", "{}", "Regex")]
    [InlineData("pattern", "{\"Regex\": \"(\"}", "pre_tokenizer.pattern")]
    [InlineData("pattern", "{\"Regex\": \"\"}", "must not match the empty text")] // it would split forever
    [InlineData("pattern", "{\"Regex\": \"\\\\s*\"}", "must not match the empty text")]
    public void Load_unsupported_split_throws_with_reason(string field, string value, string reason) => AssertRejected(
        reason,
        JsonMutations.With(Valid, "pre_tokenizer", Sequence(JsonMutations.With(Split, field, value), ByteLevel)));

    /// <summary>Its time doubles with each "a", so that a text of 41 characters would take hours.</summary>
    [Fact]
    public void Encode_with_pattern_that_backtracks_without_end_throws_naming_pattern()
    {
        var split = JsonMutations.With(Split, "pattern", "{\"Regex\": \"(a+)+b|.\"}");
        var tokenizer = ReferenceTokenizer.Parse(JsonMutations.With(Valid, "pre_tokenizer", Sequence(split, ByteLevel)));
        var exception = Assert.Throws<InvalidDataException>(() => tokenizer.Encode(new string('a', 40) + "c"));
        Assert.StartsWith(
            "The pattern '(a+)+b|.' of the pre-tokenizer takes longer than 2 s on a text of 41 characters.",
            exception.Message, StringComparison.Ordinal);
    }

    /// <summary>26 doublings make 64 MB of one character.</summary>
    [Fact]
    public void Load_chain_of_replacements_that_lengthen_without_end_throws()
    {
        const string Doubling = """{"type": "Replace", "pattern": {"String": "a"}, "content": "aa"}""";
        AssertRejected("normalizer", Chain(26));
        Assert.Equal(512, ReferenceTokenizer.Parse(Chain(9)).Encode("a").Count);

        static string Chain(int length) => JsonMutations.With(
            Valid, "normalizer",
            $$"""{"type": "Sequence", "normalizers": [{{string.Join(", ", Enumerable.Repeat(Doubling, length))}}]}""");
    }

    [Fact]
    public void Load_prefix_space_after_split_throws_naming_field() => AssertRejected(
        "pre_tokenizer.add_prefix_space",
        JsonMutations.With(Valid, "pre_tokenizer",
            Sequence(Split, JsonMutations.With(ByteLevel, "add_prefix_space", "true"))));

    [Fact]
    public void Load_missing_file_throws_naming_file()
    {
        using var folder = new TemporaryFolder();
        Assert.StartsWith($"{folder.File(TextTokenizer.FileName)}: file not found",
            Assert.Throws<CheckpointException>(() => TextTokenizer.Load(folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Load_mutated_file_returns_tokenizer_or_throws_naming_file() => Assert.All(
        JsonMutations.Create(Valid),
        json =>
        {
            try
            {
                var tokenizer = ReferenceTokenizer.Parse(json);
                Assert.All(Enumerable.Range(0, tokenizer.VocabularySize), id => tokenizer.GetSurface(id));
            }
            catch (CheckpointException exception)
            {
                Assert.Contains("tokenizer.json: ", exception.Message, StringComparison.Ordinal);
            }
        });

    private static string Sequence(string first, string second) =>
        $$"""{"type": "Sequence", "pretokenizers": [{{first}}, {{second}}]}""";

    private static void AssertRejected(string field, string json)
    {
        var message = Assert.Throws<CheckpointException>(() => ReferenceTokenizer.Parse(json)).Message;
        Assert.Contains("tokenizer.json: ", message, StringComparison.Ordinal);
        Assert.Contains(field, message, StringComparison.Ordinal);
    }
}
