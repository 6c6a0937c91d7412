using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Tests.Encoders;

/// <summary>Layouts written out by hand: "cat" is the prefix, 7 and 5 begin a text, 6 ends it.</summary>
public sealed class TextLayoutTests : IDisposable
{
    private const string Template =
        """
        {"type": "TemplateProcessing", "special_tokens": {"x": {"ids": [7, 5]}, "y": {"ids": [6]} },
         "single": [{"SpecialToken": {"id": "x"} }, {"Sequence": {"id": "A"} }, {"SpecialToken": {"id": "y"} }]}
        """;

    private static readonly int Cat = TinyTokenizer.Id("cat");

    private static readonly LsrSettings Plain = new() { Prefix = new("cat", "") };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(PooledTokens.Text, new[] { 3, 4 })]
    [InlineData(PooledTokens.PrefixAndText, new[] { 2, 3, 4 })]
    [InlineData(PooledTokens.All, new[] { 0, 1, 2, 3, 4, 5 })]
    public void Arrange_with_bos_and_eos_pools_them_only_with_all(PooledTokens tokens, int[] pooled)
    {
        var sequence = Arrange(Plain with { AddBos = true, AddEos = true, PooledTokens = tokens });
        Assert.Equal([7, 5, Cat, 8, 9, 6], sequence.Ids);
        Assert.Equal(pooled, sequence.Pooled);
    }

    [Theory]
    [InlineData(PooledTokens.Text, new[] { 5, 6 })]
    [InlineData(PooledTokens.PrefixAndText, new[] { 2, 5, 6 })]
    [InlineData(PooledTokens.All, new[] { 0, 1, 2, 5, 6, 7 })]
    public void Arrange_echo_pools_second_copy(PooledTokens tokens, int[] pooled)
    {
        var sequence = Arrange(Plain with
        {
            AddBos = true,
            AddEos = true,
            PooledTokens = tokens,
            Variant = PerSide.Both(AttentionVariant.Echo),
        });
        Assert.Equal([7, 5, Cat, 8, 9, 8, 9, 6], sequence.Ids);
        Assert.Equal(pooled, sequence.Pooled);
    }

    [Fact]
    public void Arrange_without_special_tokens_has_prefix_of_its_side_only()
    {
        Assert.Equal([Cat, 8, 9], Arrange(Plain).Ids);
        Assert.Equal([8, 9], Arrange(Plain, side: TextSide.Document).Ids);
    }

    [Theory]
    [InlineData(AttentionVariant.Bidirectional, 14)]
    [InlineData(AttentionVariant.Echo, 24)]
    public void CountPositions_counts_special_tokens_prefix_and_copies(AttentionVariant variant, int positions) =>
        Assert.Equal(positions, CreateLayout(
            Plain with { AddBos = true, AddEos = true, Variant = PerSide.Both(variant) }, Template)
            .CountPositions(TextSide.Query, 10));

    [Theory]
    [InlineData("null", 10)]
    [InlineData(Template, 6)]
    public void RequireSpecialTokens_without_valid_eos_tokens_throws(string template, int vocabularySize)
    {
        CreateLayout(Plain, template).RequireSpecialTokens("model", vocabularySize);
        var exception = Assert.Throws<CheckpointException>(
            () => CreateLayout(Plain with { AddEos = true }, template).RequireSpecialTokens("model", vocabularySize));
        Assert.StartsWith(
            $"{Path.Combine("model", "lsr.json")}: add_eos is true, but the tokenizer's template", exception.Message);
    }

    private TokenSequence Arrange(LsrSettings settings, TextSide side = TextSide.Query) =>
        CreateLayout(settings, Template).Arrange([8, 9], side);

    private TextLayout CreateLayout(LsrSettings settings, string template)
    {
        _folder.Write(TextTokenizer.FileName, JsonMutations.With(TinyTokenizer.Json(), "post_processor", template));
        var tokenizer = TextTokenizer.Load(_folder.Path);
        return new(new TermSpace(tokenizer, TermVocabulary.FromTokens(tokenizer, new()), settings), bosToken: null);
    }
}
