using System.Text.Json.Nodes;
using CsCheck;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Tests.Tokenizers;

public class TextTokenizerTests
{
    [Theory]
    [InlineData("split")]
    [InlineData("gpt2")]
    [InlineData("gpt2_prefixed")]
    public void Encode_matches_other_implementation(string variant)
    {
        var tokenizer = ReferenceTokenizer.Load(variant);
        var cases = ReferenceTokenizer.GetExpectedIds(variant).ToList();
        Assert.Equal(320, cases.Count);
        Assert.All(cases, row => Assert.Equal(row.Ids, tokenizer.Encode(row.Text)));
    }

    [Fact]
    public void Encode_with_max_tokens_returns_first_ids()
    {
        var tokenizer = ReferenceTokenizer.Load();
        Gen.Select(Gen.Int[0, ReferenceTokenizer.Texts.Count - 1].Array[1, 5], Gen.Int[1, 20])
            .Sample((indices, count) =>
            {
                var text = string.Concat(indices.Select(index => ReferenceTokenizer.Texts[index]));
                Assert.Equal(tokenizer.Encode(text).Take(count), tokenizer.Encode(text, count));
            });
    }

    /// <summary>Merging the whole word would take hours.</summary>
    [Theory]
    [InlineData("a")]
    [InlineData("☃")]
    [InlineData("😀")]
    public void Encode_very_long_word_with_max_tokens_is_fast(string character)
    {
        var tokenizer = ReferenceTokenizer.Load();
        var word = string.Concat(Enumerable.Repeat(character, 2_000_000));
        Assert.Equal(tokenizer.Encode(word[..600]).Take(20), tokenizer.Encode(word, 20));
    }

    /// <summary>Merging the word at once would take minutes.</summary>
    [Theory]
    [InlineData("a")]
    [InlineData("the ")]
    [InlineData("😀")]
    public void Encode_very_long_word_without_max_tokens_is_fast(string characters)
    {
        var tokenizer = ReferenceTokenizer.Load("gpt2");
        var word = string.Concat(Enumerable.Repeat(characters, 50_000));
        var ids = tokenizer.Encode(word, int.MaxValue, out var read);
        Assert.Equal(word, read);
        Assert.InRange(ids.Count, word.Length / 16, word.Length * 2);
    }

    [Fact]
    public void GetSurface_of_all_tokens_concatenates_to_text()
    {
        var tokenizer = ReferenceTokenizer.Load("gpt2_prefixed");
        Gen.String[Gen.Char[' ', '~'], 1, 30].Sample(text =>
        {
            var surfaces = string.Concat(tokenizer.Encode(text).Select(tokenizer.GetSurface));
            Assert.Equal(text[0] == ' ' ? text : " " + text, surfaces);
        });
    }

    [Fact]
    public void GetSurface_of_partial_character_is_U_FFFD() =>
        Assert.Equal("\ufffd", ReferenceTokenizer.Load().GetSurface(ReferenceTokenizer.Load().Encode("☃")[^1]));

    [Fact]
    public void Encode_empty_text_returns_no_ids() => Assert.Empty(ReferenceTokenizer.Load().Encode(""));

    [Theory]
    [InlineData("the", 1)]
    [InlineData("THE", 1)]
    [InlineData("p53", 3)]
    public void CountPieces_matches_word_inside_text(string word, int count)
    {
        var tokenizer = ReferenceTokenizer.Load();
        Assert.Equal(count, tokenizer.CountPieces(word));
        Assert.Equal(count, tokenizer.Encode($"x {word}").Count - tokenizer.Encode("x").Count);
    }

    [Fact]
    public void Special_token_is_not_recognized_in_text_and_has_no_surface()
    {
        var plain = ReferenceTokenizer.Load();
        var tokenizer = WithAdded(
            """{"id": 1003, "content": "<s>", "special": true}, {"id": 1001, "content": " added", "special": false}""");
        Assert.Equal(plain.Encode("a<s> <s>"), tokenizer.Encode("a<s> <s>"));
        Assert.Equal(1000, plain.VocabularySize);
        Assert.Equal(1004, tokenizer.VocabularySize);
        Assert.Equal([null, " added", null, null], Enumerable.Range(1000, 4).Select(tokenizer.GetSurface));
    }

    [Fact]
    public void Load_reads_merges_as_strings_and_as_pairs()
    {
        var json = JsonNode.Parse(ReferenceTokenizer.Json)!;
        json["model"]!["merges"] = new JsonArray([.. json["model"]!["merges"]!.AsArray()
            .Select(merge => new JsonArray([.. merge!.GetValue<string>().Split(' ').Select(part => (JsonNode)part)]))]);
        TextTokenizer strings = ReferenceTokenizer.Load(), pairs = ReferenceTokenizer.Parse(json.ToJsonString());
        Assert.All(ReferenceTokenizer.Texts, text => Assert.Equal(strings.Encode(text), pairs.Encode(text)));
    }

    [Fact]
    public void Encode_on_many_threads_returns_expected_ids()
    {
        var tokenizer = ReferenceTokenizer.Load();
        var expected = ReferenceTokenizer.GetExpectedIds("gpt2").Select(row => tokenizer.Encode(row.Text)).ToArray();
        var fresh = ReferenceTokenizer.Load();
        Parallel.For(0, 8, _ => Assert.Equal(expected, ReferenceTokenizer.Texts.Select(text => fresh.Encode(text))));
    }

    [Fact]
    public void Encode_finds_added_tokens_in_raw_or_normalized_text()
    {
        var tokenizer = WithAdded(
            """
            {"id": 1001, "content": "THE", "normalized": false},
            {"id": 1002, "content": "THE CAT", "normalized": false},
            {"id": 1003, "content": "Dog", "normalized": true}
            """);
        Assert.Equal(
            [1001, 1002, .. tokenizer.Encode("the cat"), 1003, 1003], tokenizer.Encode("THETHE CATthe catDOGdog"));
    }

    /// <summary>The ids are those of Hugging Face's tokenizers, which normalizes added tokens like texts.</summary>
    [Theory]
    [InlineData("a TT b", 5, 9, 6)]
    [InlineData("aTTb", 5, 8, 8, 3)] // the token is "\u2581TT" after its normalization
    [InlineData("TT", 9)]
    public void Encode_with_prepend_normalizer_finds_added_token_with_prefix(string text, params int[] expected) =>
        Assert.Equal(expected, WithSpaceMark("""
            "normalizer": {"type": "Sequence", "normalizers": [
              {"type": "Prepend", "prepend": "▁"},
              {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]},
            "pre_tokenizer": null
            """).Encode(text));

    /// <summary>The ids are those of Hugging Face's tokenizers, which pre-tokenize the parts between tokens.</summary>
    [Fact]
    public void Encode_with_metaspace_adds_prefix_to_parts_between_added_tokens() =>
        Assert.Equal([5, 9, 6], WithSpaceMark("""
            "normalizer": null,
            "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always"}
            """).Encode("aTTb"));

    [Fact]
    public void Encode_lone_surrogate_is_replaced_with_U_FFFD()
    {
        var tokenizer = ReferenceTokenizer.Load();
        var ids = tokenizer.Encode("a\ud83db\ude00", int.MaxValue, out var read);
        Assert.Equal(tokenizer.Encode("a\ufffdb\ufffd"), ids);
        Assert.Equal("a\ufffdb\ufffd", read);
    }

    private static TextTokenizer WithAdded(string tokens)
    {
        var json = JsonNode.Parse(ReferenceTokenizer.Json)!;
        json["added_tokens"] = JsonNode.Parse($"[{tokens}]");
        return ReferenceTokenizer.Parse(json.ToJsonString());
    }

    private static TextTokenizer WithSpaceMark(string normalization) => ReferenceTokenizer.Parse($$"""
        {"added_tokens": [{"id": 9, "content": "TT", "special": false, "normalized": true}], {{normalization}},
         "model": {"type": "BPE", "unk_token": "<unk>", "byte_fallback": false, "merges": ["▁ a", "▁ b"], "vocab":
           {"<unk>": 0, "▁": 1, "a": 2, "b": 3, "x": 4, "▁a": 5, "▁b": 6, "\n": 7, "T": 8} } }
        """);
}
