using CsCheck;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Tests.Tokenizers;

public class AlignedTokensTests
{
    private static readonly Gen<string> Text = Gen.Frequency(
        (2, Gen.Int[0, ModelFamilyTokenizer.Texts.Count - 1].Array[1, 3]
            .Select(indices => string.Concat(indices.Select(index => ModelFamilyTokenizer.Texts[index])))),
        (1, Gen.String),
        (1, Gen.String[Gen.Char["aéE\u0301\u0323 ﬁŐİΣ中가ไทย☃\t\n👍🏽🇩🇪ßא\u200d½▁"], 0, 30]),
        (1, Gen.String[Gen.Char[' ', '\u04ff'], 0, 30]));

    public static TheoryData<string> Variants { get; } =
    [
        .. ModelFamilyTokenizer.Variants, "bert", "bert_cased", "bert_accents", "bert_unclean", "xlmr",
        "xlmr_metaspace",
    ];

    [Theory]
    [MemberData(nameof(Variants))]
    public void EncodeAligned_returns_same_tokens_as_Encode(string variant)
    {
        var tokenizer = ModelFamilyTokenizer.Load(variant);
        Gen.Select(Text, Gen.Int[1, 40]).Sample((text, count) =>
        {
            var ids = tokenizer.Encode(text, count, out var covered);
            var aligned = tokenizer.EncodeAligned(text, count);
            Assert.Equal(ids, aligned.Ids);
            Assert.Equal(covered, aligned.CoveredText);
            Assert.Equal(ids.Count, aligned.Spans.Count);
        });
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Range_of_token_normalizes_to_token(string variant)
    {
        var tokenizer = ModelFamilyTokenizer.Load(variant);
        Text.Sample(text =>
        {
            var aligned = tokenizer.EncodeAligned(text, TextTokenizer.NoLimit);
            for (var token = 0; token < aligned.Ids.Count; token++)
            {
                if (aligned.GetRange(token) is { } range
                    && tokenizer.GetSurface(aligned.Ids[token]) is { } surface && !surface.Contains('\ufffd'))
                {
                    tokenizer.Encode(range.GetText(text), TextTokenizer.NoLimit, out var normalized);
                    Assert.Contains(surface.Trim(), normalized, StringComparison.Ordinal);
                }
            }
        });
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Ranges_ascend_and_cover_all_words(string variant)
    {
        var tokenizer = ModelFamilyTokenizer.Load(variant);
        Text.Sample(text =>
        {
            var aligned = tokenizer.EncodeAligned(text, TextTokenizer.NoLimit);
            TextRange[] ranges = [.. GetRanges(aligned)];
            Assert.All(ranges.Zip(ranges.Skip(1)), pair =>
            {
                Assert.True(pair.First.Start <= pair.Second.Start);
                Assert.True(pair.First.End <= pair.Second.End);
            });
            var covered = ranges.SelectMany(range => Enumerable.Range(range.Start, range.Length)).ToHashSet();
            Assert.All(text.Index().Where(one => char.IsAsciiLetterOrDigit(one.Item)),
                one => Assert.Contains(one.Index, covered));
        });
    }

    [Theory]
    [InlineData("bert", "the  CAFÉ", "the|CAFÉ")]
    [InlineData("bert", "the ca\u0301fe", "the|ca\u0301fe")]
    [InlineData("bert", "\u0000the\t中 a", "the|中|a")]
    [InlineData("xlmr", " the  ½ a", "the|½|½|½|a")]
    [InlineData("gpt2", "the the", "the|the")]
    [InlineData("gpt2", "a 👍", "a|👍|👍")]
    public void Ranges_are_of_original_text(string variant, string text, string expected)
    {
        var aligned = ModelFamilyTokenizer.Load(variant).EncodeAligned(text, TextTokenizer.NoLimit);
        Assert.Equal(expected, string.Join('|', GetRanges(aligned).Select(range => range.GetText(text))));
    }

    private static IEnumerable<TextRange> GetRanges(AlignedTokens aligned) =>
        Enumerable.Range(0, aligned.Ids.Count).Select(token => aligned.GetRange(token)).OfType<TextRange>();
}
