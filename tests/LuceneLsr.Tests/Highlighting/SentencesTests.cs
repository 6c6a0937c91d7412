using CsCheck;
using LuceneLsr.Highlighting;

namespace LuceneLsr.Tests.Highlighting;

public class SentencesTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" . ", ".")]
    [InlineData("One. Two! Three? Four", "One.|Two!|Three?|Four")]
    [InlineData("Version 1.5 of lib.so works (really.) Yes", "Version 1.5 of lib.so works (really.)|Yes")]
    [InlineData("One\ntwo\n\nThree", "One\ntwo|Three")]
    [InlineData("一つ。二つ！三つ", "一つ。|二つ！|三つ")]
    public void Split_returns_sentences(string text, string expected) => Assert.Equal(
        expected, string.Join('|', Sentences.Split(text).Select(sentence => sentence.GetText(text))));

    [Fact]
    public void Split_covers_everything_but_white_space_with_sentences_of_limited_length() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["ab.!? \n。😀"], 0, 2000], Gen.String[Gen.Char["abc"], 0, 2000])
            .Sample(text =>
            {
                TextRange[] sentences = [.. Sentences.Split(text)];
                Assert.All(sentences, sentence => Assert.InRange(sentence.Length, 1, 300));
                Assert.All(sentences.Zip(sentences.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
                Assert.Equal(
                    text.Where(character => !char.IsWhiteSpace(character)),
                    sentences.SelectMany(sentence => sentence.GetText(text))
                        .Where(character => !char.IsWhiteSpace(character)));
            });

    [Fact]
    public void Split_of_long_text_is_fast()
    {
        var words = string.Concat(Enumerable.Repeat("word ", 200_000));
        var text = words + new string(' ', 200_000) + new string('x', 200_000);
        Assert.True(Sentences.Split(text).Count() > 3_000);
    }
}
