using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.TestSupport;

/// <summary>Writes checkpoint directories without a model: a <see cref="TinyTokenizer"/>, settings and terms.</summary>
public static class TinyTermSpace
{
    /// <summary>
    /// Gets settings with Porter stems, so that "run" and "runs" are one term, and whole words of weight 2.
    /// </summary>
    public static LsrSettings Settings { get; } = new()
    {
        TermRule = new TermRule(Stemming.Porter),
        WholeWordWeight = new(2, 2),
    };

    /// <summary>Writes the files of a directory. Without terms each token is a row.</summary>
    public static void Write(TemporaryFolder folder, LsrSettings settings, IEnumerable<string?>? terms = null)
    {
        settings.Save(folder.Path);
        folder.Write(TextTokenizer.FileName, TinyTokenizer.Json());
        if (terms is not null)
        {
            new TermVocabulary(terms).Save(folder.Path);
        }
    }
}
