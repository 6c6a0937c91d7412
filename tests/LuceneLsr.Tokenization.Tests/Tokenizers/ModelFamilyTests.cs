using System.Text;
using CsCheck;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Tests.Tokenizers;

/// <summary>The tokenizers of open LLMs.</summary>
public class ModelFamilyTests
{
    public static TheoryData<string> Variants { get; } = [.. ModelFamilyTokenizer.Variants];

    [Theory]
    [MemberData(nameof(Variants))]
    public void Encode_matches_reference_implementation(string variant)
    {
        var tokenizer = ModelFamilyTokenizer.Load(variant);
        var expected = ModelFamilyTokenizer.GetExpectedIds(variant);
        Assert.Equal(2560, expected.Length);
        Assert.All(
            ModelFamilyTokenizer.Texts.Zip(expected),
            row => Assert.Equal(row.Second, tokenizer.Encode(row.First)));
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
            AssertSurfacesMatch(ids.Select(tokenizer.GetSurface), read);
        });
    }

    [Theory]
    [InlineData("gpt2", "  A b\n", "  A b\n")]
    [InlineData("gpt2_prefixed", "A b", " A b")]
    [InlineData("qwen3", "cafe\u0301", "caf\u00e9")]
    [InlineData("llama2", " A b", "  A b")]
    [InlineData("mistral", " A b", " A b")]
    [InlineData("mistral", "a\n😀\u0000", " a\n😀\u0000")]
    [InlineData(ModelFamilyTokenizer.Model, "A b", " A b")]
    public void Encode_returns_normalized_text(string variant, string text, string normalized)
    {
        ModelFamilyTokenizer.Load(variant).Encode(text, int.MaxValue, out var read);
        Assert.Equal(normalized, read);
    }

    [Theory]
    [InlineData("llama3", new[] { 128000 })]
    [InlineData("qwen3", new int[0])]
    [InlineData("gpt2", new int[0])]
    [InlineData("llama2", new[] { 1 })]
    [InlineData(ModelFamilyTokenizer.Model, new int[0])]
    public void Template_contains_special_tokens_of_file(string variant, int[] before)
    {
        var template = ModelFamilyTokenizer.Load(variant).Template;
        Assert.Equal(before, template.Before);
        Assert.Empty(template.After);
    }

    [Theory]
    [InlineData("llama2", 278, " the")]
    [InlineData("llama2", 13, null)] // <0x0A>
    [InlineData("llama2", 1, null)]  // <s>
    [InlineData("llama3", 279, " the")]
    [InlineData("llama3", 128000, null)]
    [InlineData("qwen3", 151667, "<think>")]
    [InlineData("qwen3", 151644, null)] // <|im_start|>
    [InlineData(ModelFamilyTokenizer.Model, 272, " the")]
    [InlineData(ModelFamilyTokenizer.Model, 0, null)]
    public void GetSurface_returns_text_of_token(string variant, int id, string? surface) =>
        Assert.Equal(surface, ModelFamilyTokenizer.Load(variant).GetSurface(id));

    [Theory]
    [MemberData(nameof(Variants))]
    public void CountPieces_matches_word_inside_text(string variant)
    {
        var tokenizer = ModelFamilyTokenizer.Load(variant);
        Assert.All((string[])["the", "movie", "Straße", "p53", "apoE4", "мир"], word => Assert.Equal(
            tokenizer.Encode($"x {word}").Count - tokenizer.Encode("x").Count, tokenizer.CountPieces(word)));
    }

    /// <summary>Encoding the whole text would take hours.</summary>
    [Theory]
    [InlineData("llama3", "a")]
    [InlineData("qwen3", "e\u0301")]
    [InlineData("llama2", "中")]
    [InlineData("llama2", "="), InlineData("llama2", " "), InlineData("llama2", "\u2581\U0001F9FF")]
    [InlineData(ModelFamilyTokenizer.Model, "ab ")]
    public void Encode_very_long_text_with_max_tokens_is_fast(string variant, string part)
    {
        var tokenizer = ModelFamilyTokenizer.Load(variant);
        var text = string.Concat(Enumerable.Repeat(part, 500_000));
        Assert.Equal(tokenizer.Encode(text[..(part.Length * 1000)]).Take(20), tokenizer.Encode(text, 20));
    }

    [Fact]
    public void GetPath_prefers_tokenizer_json_over_tokenizer_model()
    {
        using var folder = new TemporaryFolder();
        ModelFamilyTokenizer.Write(ModelFamilyTokenizer.Model, folder);
        Assert.Equal(folder.File(TextTokenizer.SentencePieceFileName), TextTokenizer.GetPath(folder.Path));
        ModelFamilyTokenizer.Write("llama2", folder);
        Assert.Equal(folder.File(TextTokenizer.FileName), TextTokenizer.GetPath(folder.Path));
        Assert.Equal(" the", TextTokenizer.Load(folder.Path).GetSurface(278));
    }

    // Truncation may drop part of a character, so only the surfaces before such a part must match.
    private static void AssertSurfacesMatch(IEnumerable<string?> surfaces, string read)
    {
        var all = surfaces.ToList();
        var whole = all.TakeWhile(surface =>
            surface is not null && !surface.Contains('\ufffd', StringComparison.Ordinal)).ToList();
        var text = string.Concat(whole);
        Assert.StartsWith(text, read, StringComparison.Ordinal);
        Assert.True(whole.Count < all.Count || text.Length == read.Length, $"'{text}' is not all of '{read}'.");
    }
}
