using System.Text;
using CsCheck;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Tokenization.Tests.Tokenizers.Pipeline;

public class ByteLevelAlphabetTests
{
    [Theory]
    [InlineData(" film", "Ġfilm")]
    [InlineData("a\nb\t", "aĊbĉ")]
    [InlineData("é", "Ã©")]
    [InlineData("\u00a0\u00ad", "ÂłÂŃ")]
    [InlineData("漢", "æ¼¢")]
    public void Encode_matches_GPT_2(string text, string encoded) =>
        Assert.Equal(encoded, ByteLevelAlphabet.Encode(text));

    [Fact]
    public void Characters_are_distinct_and_printable()
    {
        Assert.Equal(256, ByteLevelAlphabet.Characters.Distinct().Count());
        Assert.All(ByteLevelAlphabet.Characters,
            character => Assert.False(char.IsControl(character) || char.IsWhiteSpace(character)));
    }

    [Fact]
    public void Decode_random_bytes_matches_UTF_8_decoder() => Gen.Byte.Array[0, 20].Sample(bytes => Assert.Equal(
        Encoding.UTF8.GetString(bytes),
        ByteLevelAlphabet.Decode(string.Concat(bytes.Select(value => ByteLevelAlphabet.Characters[value])))));

    [Fact]
    public void Decode_encoded_text_returns_text() =>
        Gen.Int[0, 0x10FFFF].Where(Rune.IsValid).Array[0, 20].Sample(values =>
        {
            var text = string.Concat(values.Select(char.ConvertFromUtf32));
            Assert.Equal(text, ByteLevelAlphabet.Decode(ByteLevelAlphabet.Encode(text)));
        });

    [Fact]
    public void Decode_token_outside_alphabet_returns_token() =>
        Assert.Equal("<|end of text|>", ByteLevelAlphabet.Decode("<|end of text|>"));
}
