namespace LuceneLsr.Documentation.Tests.Samples;

// <sample>
/// <summary>A toy encoder: the weight of a word is its count.</summary>
internal sealed class WordCountEncoder : ISparseEncoder
{
    public string VocabularyId { get; init; } = "word-counts-1";

    public IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default) =>
        [.. texts.Select(Count)];

    public void Dispose()
    {
    }

    private static SparseVector Count(string text) => new(text.ToLowerInvariant()
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .CountBy(word => word)
        .Select(word => new TermWeight(word.Key, word.Value)));
}
// </sample>
