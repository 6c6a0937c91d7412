using System.Runtime.ExceptionServices;
using System.Text.RegularExpressions;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Training.Tokenizers;

/// <summary>
/// Counts the pre-tokens of lower-cased texts: a run of letters, marks and digits, or of other signs. White space is
/// dropped, so no word takes up two tokens (with and without a space before it),
/// and a code such as "p53" can become one.
/// </summary>
internal static partial class WordCounter
{
    /// <summary>The pre-tokenizer's pattern, as <c>tokenizer.json</c> states it.</summary>
    public const string Pattern = WholeWords.WordPattern + @"|[^\s\p{L}\p{N}\p{M}]+";

    /// <summary>Counts pre-tokens, written in <see cref="ByteLevelAlphabet"/>.</summary>
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
                    MaxDegreeOfParallelism = Environment.ProcessorCount
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
            // what reading the texts threw: a broken line, a missing file
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
