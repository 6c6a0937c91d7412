using System.Globalization;
using System.Text.RegularExpressions;

namespace LuceneLsr.Training.Data;

/// <summary>
/// A random sentence of a passage as the query for the rest of it (inverse cloze task, Lee et al., ACL 2019).
/// </summary>
internal sealed partial class SentencePairs : ICorpusPairs
{
    private const int FewestSentences = 3;
    private const int FewestWords = 5; // shorter sentences are headings or remains of a list

    private readonly List<string> _passages;

    /// <summary>Takes the passages that have enough sentences.</summary>
    public SentencePairs(IEnumerable<string> passages) =>
        _passages = [.. passages.Where(passage => SentenceEnd().Count(passage) >= FewestSentences - 1)];

    /// <inheritdoc/>
    public int Count => _passages.Count;

    /// <inheritdoc/>
    public IEnumerable<(string Id, string Text)> Documents =>
        _passages.Select((passage, index) => (Id(index), passage));

    /// <inheritdoc/>
    public TrainingPair Draw(int index, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var sentences = SentenceEnd().Split(_passages[index]);
        int[] candidates = [.. Enumerable.Range(0, sentences.Length)
            .Where(at => sentences[at].AsSpan().Count(' ') + 1 >= FewestWords)];
        var chosen = candidates.Length == 0 ? 0 : candidates[random.Next(candidates.Length)];
        return new TrainingPair(
            sentences[chosen], string.Join(' ', sentences.Where((_, at) => at != chosen)), [Id(index)]);
    }

    private static string Id(int index) => index.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<=[.!?])\s+(?=[\p{Lu}\p{N}(])")]
    private static partial Regex SentenceEnd();
}
