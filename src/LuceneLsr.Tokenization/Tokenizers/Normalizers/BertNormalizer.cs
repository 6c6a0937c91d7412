using System.Globalization;
using System.Text;
using ICU4N.Text;

namespace LuceneLsr.Tokenization.Tokenizers.Normalizers;

/// <summary>The normalization of BERT (Devlin et al., 2019, <c>tokenization.py</c>).</summary>
/// <param name="CleansText">Whether control characters are dropped and white space becomes spaces.</param>
/// <param name="SeparatesChinese">Whether Chinese characters are words of their own.</param>
/// <param name="StripsAccents">Whether text is decomposed and nonspacing marks are dropped.</param>
/// <param name="LowerCases">Whether text is lower-cased.</param>
internal sealed record BertNormalizer(
    bool CleansText = true, bool SeparatesChinese = true, bool StripsAccents = true, bool LowerCases = true)
{
    /// <summary>Normalizes a well-formed text.</summary>
    public string Normalize(string text)
    {
        var cleaned = CleansText || SeparatesChinese ? Clean(text) : text;
        var stripped = StripsAccents && !Ascii.IsValid(cleaned) ? StripAccents(cleaned) : cleaned;
        return LowerCases ? LowerCase(stripped) : stripped;
    }

    /// <summary>Lower-cases a text without a locale. U+0130 is the only character that becomes two.</summary>
    public static string LowerCase(string text) =>
        text.ToLowerInvariant().Replace("\u0130", "i\u0307", StringComparison.Ordinal);

    private static string StripAccents(string text)
    {
        var stripped = new StringBuilder(text.Length);
        foreach (var rune in Normalizer2.NFDInstance.Normalize(text).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
            {
                stripped.Append(rune);
            }
        }

        return stripped.ToString();
    }

    private string Clean(string text)
    {
        var cleaned = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (CleansText && IsDropped(rune))
            {
                continue;
            }

            if (CleansText && Rune.IsWhiteSpace(rune))
            {
                cleaned.Append(' ');
            }
            else if (SeparatesChinese && IsChinese(rune.Value))
            {
                cleaned.Append(' ').Append(rune).Append(' ');
            }
            else
            {
                cleaned.Append(rune);
            }
        }

        return cleaned.ToString();
    }

    private static bool IsDropped(Rune rune) => rune.Value is 0 or 0xFFFD
        || (rune.Value is not ('\t' or '\n' or '\r')
            && Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse);

    // The blocks of CJK ideographs in BERT's tokenization.py; U+2B920 is the start in Hugging Face's implementation.
    private static bool IsChinese(int point) => point
        is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF)
        or (>= 0x2A700 and <= 0x2B73F) or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B920 and <= 0x2CEAF)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
