using System.Diagnostics;
using System.Text;
using Lucene.Net.Tartarus.Snowball.Ext;

namespace LuceneLsr.Tokenization.Settings;

/// <summary>
/// Maps tokens and words to readable index terms: trims white space (such as the leading space of a token), folds case,
/// and stems.
/// </summary>
/// <param name="Stemming">How inflections are treated.</param>
/// <param name="Tokens">How tokens become terms.</param>
public sealed record TermRule(Stemming Stemming = Stemming.None, TokenTerms Tokens = TokenTerms.Text)
{
    [ThreadStatic]
    private static PorterStemmer? s_stemmer; // stateful, hence one per thread

    /// <summary>
    /// Returns the term of a surface form, or null if it has no letter or digit, is not valid text or has no stem, as
    /// the "s" of "dog's".
    /// </summary>
    public string? ToTerm(string surface)
    {
        ArgumentNullException.ThrowIfNull(surface);
        var folded = surface.Trim().ToLowerInvariant();
        if (!folded.EnumerateRunes().Any(Rune.IsLetterOrDigit) || folded.Contains('\uFFFD', StringComparison.Ordinal))
        {
            return null;
        }

        return Stemming switch
        {
            Stemming.None => folded,
            Stemming.Porter => PorterStem(folded) is { Length: > 0 } stem ? stem : null,
            _ => throw new UnreachableException(),
        };
    }

    private static string PorterStem(string word)
    {
        s_stemmer ??= new PorterStemmer();
        s_stemmer.SetCurrent(word);
        s_stemmer.Stem();
        return s_stemmer.Current;
    }
}
