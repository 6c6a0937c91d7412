using System.Text;
using CsCheck;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Tests.Tokenizers;

public class ByteLevelAlphabetTests
{
    [Theory]
    [InlineData(" film", "Ġfilm")]
    [InlineData("a\nb\t", "aĊbĉ")]
    [InlineData("é", "Ã©")]
    [InlineData("\u00a0\u00ad", "ÂłÂŃ")]
    [InlineData("漢", "æ¼¢")]
    public void Writes_as_GPT_2_does(string text, string encoded) =>
        Assert.Equal(encoded, ByteLevelAlphabet.Encode(text));

    [Fact]
    public void Each_byte_has_a_printable_character_of_its_own()
    {
        Assert.Equal(256, ByteLevelAlphabet.Characters.Distinct().Count());
        Assert.All(ByteLevelAlphabet.Characters,
            character => Assert.False(char.IsControl(character) || char.IsWhiteSpace(character)));
    }

    [Fact]
    public void Any_bytes_decode_as_UTF8_does() => Gen.Byte.Array[0, 20].Sample(bytes => Assert.Equal(
        System.Text.Encoding.UTF8.GetString(bytes),
        ByteLevelAlphabet.Decode(string.Concat(bytes.Select(value => ByteLevelAlphabet.Characters[value])))));

    [Fact]
    public void A_text_comes_back() => Gen.Int[0, 0x10FFFF].Where(Rune.IsValid).Array[0, 20].Sample(values =>
    {
        var text = string.Concat(values.Select(char.ConvertFromUtf32));
        Assert.Equal(text, ByteLevelAlphabet.Decode(ByteLevelAlphabet.Encode(text)));
    });

    [Fact]
    public void A_token_outside_the_alphabet_stays_as_it_is() =>
        Assert.Equal("<|end of text|>", ByteLevelAlphabet.Decode("<|end of text|>"));
}
