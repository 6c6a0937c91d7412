using System.Runtime.ExceptionServices;
using System.Text.RegularExpressions;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Training.Tokenizers;

/// <summary>
/// Counts the pre-tokens of lower-cased texts. A pre-token is a run of letters, marks and digits, or a run of other
/// non-space characters. White space is dropped, so a word never needs two tokens (with and without a leading space),
/// and a code such as "p53" can become one token.
/// </summary>
internal static partial class WordCounter
{
    /// <summary>The regular expression of a pre-token, as written to <c>tokenizer.json</c>.</summary>
    public const string Pattern = WholeWords.WordPattern + @"|[^\s\p{L}\p{N}\p{M}]+";

    /// <summary>Counts the pre-tokens of texts on all processors.</summary>
    /// <param name="texts">The texts. An exception from enumerating them is rethrown unchanged.</param>
    /// <param name="cancellationToken">Cancels counting.</param>
    /// <returns>The number of occurrences of each pre-token, spelled in <see cref="ByteLevelAlphabet"/>.</returns>
    public static IReadOnlyDictionary<string, long> Count(
        IEnumerable<string> texts, CancellationToken cancellationToken)
    {
        var total = new Dictionary<string, long>(StringComparer.Ordinal);
        try
        {
            Parallel.ForEach(
                texts,
                new ParallelOptions
                {
                    CancellationToken = cancellationToken,
                    MaxDegreeOfParallelism = Environment.ProcessorCount,
                },
                () => new Dictionary<string, long>(StringComparer.Ordinal),
                (text, _, counts) =>
                {
                    Add(counts, text);
                    return counts;
                },
                counts => Merge(total, counts));
        }
        catch (AggregateException exception)
        {
            // Rethrow what enumerating the texts threw, such as a malformed line or a missing file.
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        return total.ToDictionary(
            pair => ByteLevelAlphabet.Encode(pair.Key), pair => pair.Value, StringComparer.Ordinal);
    }

    private static void Add(Dictionary<string, long> counts, string text)
    {
        var folded = text.ToLowerInvariant();
        var lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var match in PreToken().EnumerateMatches(folded))
        {
            var word = folded.AsSpan(match.Index, match.Length);
            lookup.TryGetValue(word, out var count);
            lookup[word] = count + 1;
        }
    }

    private static void Merge(Dictionary<string, long> total, Dictionary<string, long> counts)
    {
        lock (total)
        {
            foreach (var (word, count) in counts)
            {
                total[word] = total.GetValueOrDefault(word) + count;
            }
        }
    }

    [GeneratedRegex(Pattern)]
    private static partial Regex PreToken();
}
