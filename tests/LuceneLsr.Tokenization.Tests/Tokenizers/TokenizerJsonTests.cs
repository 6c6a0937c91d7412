using System.Text.Json.Nodes;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Tests.Tokenizers;

/// <summary>A tokenizer that is nearly right is wrong in silence: what is not supported is refused by name.</summary>
public class TokenizerJsonTests
{
    private const string Split =
        """{"type": "Split", "pattern": {"Regex": "\\S+|\\s+"}, "behavior": "Isolated", "invert": false}""";

    private const string SplitAtSpace =
        """{"type": "Split", "pattern": {"String": " "}, "behavior": "Removed", "invert": false}""";

    private const string Metaspace = """{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "never"}""";

    private const string ByteLevel = """{"type": "ByteLevel", "add_prefix_space": false, "use_regex": false}""";

    private const string Sound =
        $$"""
        {"added_tokens": [{"id": 5, "content": "<s>", "special": true}], "normalizer": {"type": "Lowercase"},
         "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{{Split}}, {{ByteLevel}}]},
         "post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>"} }, {"Sequence": {"id": "A"} }],
           "special_tokens": {"<s>": {"ids": [5]} } },
         "model": {"type": "BPE", "byte_fallback": false, "vocab": {"Ġ": 0, "a": 1, "b": 2, "ab": 3}, "merges": ["a b"]} }
        """;

    [Fact]
    public void Reads_the_least_tokenizer() =>
        Assert.Equal([3, 0, 2, 1], ReferenceTokenizer.Parse(Sound).Encode("AB ba"));

    [Theory]
    [InlineData("model", null)]
    [InlineData("model", "[]")]
    [InlineData("pre_tokenizer", "[]")]
    [InlineData("pre_tokenizer", "{\"type\": \"Whitespace\"}")]
    [InlineData("pretokenizers", "{\"type\": \"Sequence\"}", "pre_tokenizer")]
    [InlineData("pre_tokenizer", $"{{\"type\": \"Sequence\", \"pretokenizers\": [{ByteLevel}, {Split}]}}")]
    [InlineData("pre_tokenizer", $"{{\"type\": \"Sequence\", \"pretokenizers\": [{Metaspace}, {Split}]}}")]
    [InlineData("replacement", "{\"type\": \"Metaspace\", \"replacement\": \"_\"}", "pre_tokenizer")]
    [InlineData("prepend_scheme", "{\"type\": \"Metaspace\", \"replacement\": \"▁\", \"prepend_scheme\": \"x\"}", "pre_tokenizer")]
    [InlineData("normalizer", "{\"type\": \"StripAccents\"}")]
    [InlineData("normalizer", "[]")]
    [InlineData("normalizer.prepend", "{\"type\": \"Prepend\", \"prepend\": \"ab\"}", "normalizer")]
    [InlineData("String", "{\"type\": \"Replace\", \"pattern\": {\"Regex\": \" +\"}, \"content\": \" \"}", "normalizer")]
    [InlineData("post_processor", "{\"type\": \"BertProcessing\"}")]
    [InlineData("added_tokens", "null")]
    [InlineData("added_tokens.rstrip", "[{\"id\": 5, \"content\": \"x\", \"rstrip\": true}]", "added_tokens")]
    [InlineData("added_tokens.id", "[{\"id\": 5, \"content\": \"a\"}]", "added_tokens")]
    [InlineData("added_tokens.content", "[{\"id\": 5, \"content\": \"\"}]", "added_tokens")]
    public void An_unsupported_part_is_refused_by_name(string named, string? value, string? member = null) =>
        AssertRefused(named, JsonMutations.With(Sound, member ?? named, value));

    [Theory]
    [InlineData("normalizer", null, new[] { 1, 0, 2 })]
    [InlineData("normalizer", "null", new[] { 1, 0, 2 })]
    [InlineData("normalizer", "{\"type\": \"Replace\", \"pattern\": {\"String\": \" \"}, \"content\": \"\"}", new[] { 3 })]
    [InlineData("pre_tokenizer", ByteLevel, new[] { 1, 0, 2 })]
    [InlineData("pre_tokenizer", $"{{\"type\": \"Sequence\", \"pretokenizers\": [{SplitAtSpace}, {Split}, {ByteLevel}]}}", new[] { 1, 2 })]
    public void A_part_is_followed(string member, string? value, int[] ids) =>
        Assert.Equal(ids, ReferenceTokenizer.Parse(JsonMutations.With(Sound, member, value)).Encode("a b"));

    [Theory]
    [InlineData("type", "\"WordPiece\"", "model.type")]
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
    public void A_model_that_cannot_be_followed_is_refused_by_field(string field, string? value, string named)
    {
        var model = JsonNode.Parse(Sound)!["model"]!.ToJsonString();
        AssertRefused(named, JsonMutations.With(Sound, "model", JsonMutations.With(model, field, value)));
    }

    [Theory]
    [InlineData("behavior", "\"MergedWithNext\"", "pre_tokenizer.behavior")]
    [InlineData("pattern", "{}", "Regex")]
    [InlineData("pattern", "{\"Regex\": \"(\"}", "pre_tokenizer.pattern")]
    [InlineData("pattern", "{\"Regex\": \"\"}", "must not match the empty text")] // it would split for ever
    [InlineData("pattern", "{\"Regex\": \"\\\\s*\"}", "must not match the empty text")]
    public void A_split_that_cannot_be_followed_is_refused(string field, string value, string reason) => AssertRefused(
        reason,
        JsonMutations.With(Sound, "pre_tokenizer",
            $$"""{"type": "Sequence", "pretokenizers": [{{JsonMutations.With(Split, field, value)}}, {{ByteLevel}}]}"""));

    [Fact]
    public void A_space_before_every_piece_of_a_split_is_refused() => AssertRefused(
        "pre_tokenizer.add_prefix_space",
        JsonMutations.With(Sound, "pre_tokenizer",
            $$"""{"type": "Sequence", "pretokenizers": [{{Split}}, {{JsonMutations.With(ByteLevel, "add_prefix_space", "true")}}]}"""));

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = new TemporaryFolder();
        Assert.StartsWith($"{folder.File(TextTokenizer.FileName)}: missing",
            Assert.Throws<CheckpointException>(() => TextTokenizer.Load(folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_the_file_holds_it_is_read_or_refused_by_name() => Assert.All(JsonMutations.Of(Sound), json =>
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

    private static void AssertRefused(string field, string json)
    {
        var message = Assert.Throws<CheckpointException>(() => ReferenceTokenizer.Parse(json)).Message;
        Assert.Contains("tokenizer.json: ", message, StringComparison.Ordinal);
        Assert.Contains(field, message, StringComparison.Ordinal);
    }
}
