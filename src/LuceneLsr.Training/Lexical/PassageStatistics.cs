using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Training.Lexical;

/// <summary>In how many passages of about 150 words each token, and each term, occurs.</summary>
/// <param name="Passages">Passages counted.</param>
/// <param name="TokenFrequency">Document frequency by token id.</param>
/// <param name="TermFrequency">Document frequency by row of the head.</param>
internal sealed record PassageStatistics(int Passages, int[] TokenFrequency, int[] TermFrequency)
{
    private const int PassageWords = 150;

    /// <summary>Counts texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="rowOfToken">The head's row of each token, or -1.</param>
    /// <param name="rows">Rows of the head.</param>
    /// <param name="cancellationToken">Checked between passages.</param>
    public static PassageStatistics Count(
        IEnumerable<string> texts, TextTokenizer tokenizer, IReadOnlyList<int> rowOfToken, int rows,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(rowOfToken);
        var statistics = new PassageStatistics(0, new int[rowOfToken.Count], new int[rows]);
        foreach (var passage in texts.SelectMany(Split))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var tokens = tokenizer.Encode(passage).ToHashSet();
            statistics = statistics with { Passages = statistics.Passages + 1 };
            foreach (var token in tokens)
            {
                statistics.TokenFrequency[token]++;
            }

            foreach (var row in tokens.Select(token => rowOfToken[token]).Where(row => row >= 0).Distinct())
            {
                statistics.TermFrequency[row]++;
            }
        }

        return statistics;
    }

    /// <summary>
    /// Inverse document frequency of a row: ln((N + 1) / (df + 1)), so 0 for a term of every passage.
    /// </summary>
    public double ComputeIdf(int row) => Math.Log((Passages + 1.0) / (TermFrequency[row] + 1.0));

    private static IEnumerable<string> Split(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Chunk(PassageWords)
            .Select(words => string.Join(' ', words));
}
