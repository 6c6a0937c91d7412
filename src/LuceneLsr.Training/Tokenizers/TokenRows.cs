using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Checkpoints;

namespace LuceneLsr.Training.Tokenizers;

/// <summary>Maps tokens to rows of the head.</summary>
internal static class TokenRows
{
    /// <summary>The row of a token without a term.</summary>
    public const int None = -1;

    /// <summary>
    /// Maps the tokens of a checkpoint: each to its own row in a plain language model, else to the row of its term.
    /// </summary>
    /// <returns>The row of each token, or <see cref="None"/>.</returns>
    public static IReadOnlyList<int> FromCheckpoint(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var config = checkpoint.Model.Config;
        return config.OutputSize == config.VocabSize
            ? [.. Enumerable.Range(0, config.VocabSize)]
            : FromTerms(checkpoint.Tokenizer, checkpoint.Terms, checkpoint.Settings.TermRule);
    }

    /// <summary>Maps each token to the row of its term, which several tokens may share.</summary>
    /// <returns>The row of each token, or <see cref="None"/>.</returns>
    public static IReadOnlyList<int> FromTerms(TextTokenizer tokenizer, TermVocabulary terms, TermRule rule)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(rule);
        var rows = FindRowsOfTerms(terms);
        var termOfToken = TermVocabulary.FromTokens(tokenizer, rule);
        return [.. Enumerable.Range(0, tokenizer.VocabularySize)
            .Select(token => termOfToken[token] is { } term ? rows.GetValueOrDefault(term, None) : None)];
    }

    /// <summary>Finds the first row of each term.</summary>
    public static Dictionary<string, int> FindRowsOfTerms(TermVocabulary terms) =>
        Enumerable.Range(0, terms.Count).Where(row => terms[row] is not null)
            .DistinctBy(row => terms[row], StringComparer.Ordinal)
            .ToDictionary(row => terms[row]!, StringComparer.Ordinal);
}
