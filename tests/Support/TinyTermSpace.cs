using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.TestSupport;

/// <summary>Checkpoint directories without a model: <see cref="TinyTokenizer"/>, settings and terms.</summary>
public static class TinyTermSpace
{
    /// <summary>Porter stems, so that "run" and "runs" are one term, and whole words of weight 2.</summary>
    public static LsrSettings Settings { get; } = new()
    {
        TermRule = new TermRule(Stemming.Porter),
        WholeWordWeight = new(2, 2),
    };

    /// <summary>Writes the directory's files; without terms each token is a row.</summary>
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
