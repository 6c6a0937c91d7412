using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Training.Lexical;

/// <summary>
/// Document frequencies of tokens and terms, where a document is a passage of up to <see cref="PassageWords"/> words.
/// </summary>
/// <param name="Passages">The number of passages.</param>
/// <param name="TokenFrequency">The number of passages that contain each token, by token id.</param>
/// <param name="TermFrequency">The number of passages that contain each term, by head row.</param>
internal sealed record PassageStatistics(int Passages, int[] TokenFrequency, int[] TermFrequency)
{
    /// <summary>The maximum number of words in a passage.</summary>
    public const int PassageWords = 150;

    /// <summary>Splits texts into passages and counts their tokens and terms.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="rowOfToken">The head row of each token, or <see cref="TokenRows.None"/>.</param>
    /// <param name="rows">The number of head rows.</param>
    /// <param name="cancellationToken">Cancels counting.</param>
    public static PassageStatistics Count(
        IEnumerable<string> texts, TextTokenizer tokenizer, IReadOnlyList<int> rowOfToken, int rows,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(rowOfToken);
        var passages = 0;
        int[] tokenFrequency = new int[rowOfToken.Count], termFrequency = new int[rows];
        foreach (var passage in texts.SelectMany(Split))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var tokens = tokenizer.Encode(passage).ToHashSet();
            passages++;
            foreach (var token in tokens)
            {
                tokenFrequency[token]++;
            }

            var termRows = tokens.Select(token => rowOfToken[token]).Where(row => row != TokenRows.None);
            foreach (var row in termRows.Distinct())
            {
                termFrequency[row]++;
            }
        }

        return new PassageStatistics(passages, tokenFrequency, termFrequency);
    }

    /// <summary>
    /// Computes the inverse document frequency of a head row, ln((N + 1) / (df + 1)), which is 0 for a term that occurs
    /// in every passage.
    /// </summary>
    public double ComputeIdf(int row) => Math.Log((Passages + 1.0) / (TermFrequency[row] + 1.0));

    /// <summary>Splits a text into passages of up to <see cref="PassageWords"/> words.</summary>
    public static IEnumerable<string> Split(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Chunk(PassageWords)
            .Select(words => string.Join(' ', words));
}
