namespace LuceneLsr.Playground.Tests.Support;

/// <summary>
/// Gives each word of a text weight 2 and its synonyms, on both sides, weight 1. Words are lower-cased.
/// </summary>
internal sealed class SynonymEncoder : ISparseEncoder
{
    private static readonly Dictionary<string, string[]> Synonyms = new(StringComparer.Ordinal)
    {
        ["film"] = ["movie"],
        ["movie"] = ["film", "actor"],
        ["cut"] = ["trim"],
    };

    public string VocabularyId => "synonyms";

    /// <summary>Gets the number of texts that were encoded.</summary>
    public int Encoded { get; private set; }

    public static IEnumerable<string> GetTextTerms(string text) => text.ToLowerInvariant()
        .Split([' ', '.', ',', '<', '>'], StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Encoded += texts.Count;
        return [.. texts.Select(Encode)];
    }

    public void Dispose()
    {
    }

    private static SparseVector Encode(string text)
    {
        var words = GetTextTerms(text).ToList();
        var weights = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            weights[word] = 2;
        }

        foreach (var synonym in words.SelectMany(word => Synonyms.GetValueOrDefault(word, [])))
        {
            weights.TryAdd(synonym, 1);
        }

        return new(weights.Select(weight => new TermWeight(weight.Key, weight.Value)));
    }
}
