using System.Globalization;
using System.Text.RegularExpressions;

namespace LuceneLsr.Training.Data;

/// <summary>
/// Pairs of a random sentence of a passage, as the query, and the rest of the passage, as the document (inverse cloze
/// task, Lee et al., ACL 2019).
/// </summary>
internal sealed partial class SentencePairs : ICorpusPairs
{
    private const int MinSentences = 3;
    private const int MinQueryWords = 5; // shorter sentences are mostly headings or list items

    private readonly List<string> _passages;

    /// <summary>Collects the passages that have at least three sentences.</summary>
    public SentencePairs(IEnumerable<string> passages) =>
        _passages = [.. passages.Where(passage => SentenceEnd().Count(passage) >= MinSentences - 1)];

    /// <inheritdoc/>
    public int Count => _passages.Count;

    /// <inheritdoc/>
    public IEnumerable<(string Id, string Text)> Documents =>
        _passages.Select((passage, index) => (FormatId(index), passage));

    /// <summary>
    /// Draws a pair from the passage at an index. The query is a random sentence of at least five words, or the first
    /// sentence if all are shorter.
    /// </summary>
    /// <inheritdoc/>
    public TrainingPair Draw(int index, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var sentences = SentenceEnd().Split(_passages[index]);
        int[] candidates = [.. Enumerable.Range(0, sentences.Length)
            .Where(sentence => sentences[sentence].AsSpan().Count(' ') + 1 >= MinQueryWords)];
        var chosen = candidates.Length == 0 ? 0 : candidates[random.Next(candidates.Length)];
        return new TrainingPair(
            sentences[chosen], string.Join(' ', sentences.Where((_, sentence) => sentence != chosen)),
            [FormatId(index)]);
    }

    private static string FormatId(int index) => index.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<=[.!?])\s+(?=[\p{Lu}\p{N}(])")]
    private static partial Regex SentenceEnd();
}
