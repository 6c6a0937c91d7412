using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Checkpoints;

namespace LuceneLsr.Training.Models;

/// <summary>The row of the head that stands for each token.</summary>
internal static class TokenRows
{
    /// <summary>No row: the token has no term.</summary>
    public const int None = -1;

    /// <summary>The rows of a checkpoint's tokens: the tokens themselves in a plain language model.</summary>
    public static IReadOnlyList<int> FromCheckpoint(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var config = checkpoint.Model.Config;
        return config.OutputSize == config.VocabSize
            ? [.. Enumerable.Range(0, config.VocabSize)]
            : FromTerms(checkpoint.Tokenizer, checkpoint.Terms, checkpoint.Settings.TermRule);
    }

    /// <summary>Rows where several tokens share a term: the row of the token's term, or <see cref="None"/>.</summary>
    public static IReadOnlyList<int> FromTerms(TextTokenizer tokenizer, TermVocabulary terms, TermRule rule)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(rule);
        var rows = Enumerable.Range(0, terms.Count).Where(row => terms[row] is not null)
            .DistinctBy(row => terms[row], StringComparer.Ordinal)
            .ToDictionary(row => terms[row]!, StringComparer.Ordinal);
        return [.. Enumerable.Range(0, tokenizer.VocabularySize).Select(token =>
            tokenizer.GetSurface(token) is { } surface && rule.ToTerm(surface) is { } term
                ? rows.GetValueOrDefault(term, None)
                : None)];
    }
}
