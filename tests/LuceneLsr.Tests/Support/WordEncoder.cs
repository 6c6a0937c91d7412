using System.Collections.Concurrent;

namespace LuceneLsr.Tests.Support;

/// <summary>
/// Gives each word the weight 1 per occurrence, and its related term, if any, 0.5. Drops stop words and punctuation,
/// and records its calls.
/// </summary>
internal sealed class WordEncoder : ISparseEncoder
{
    public const string Poison = "poison";

    private static readonly HashSet<string> StopWords = ["the", "of"];
    private static readonly Dictionary<string, string> Related = new() { ["film"] = "movie", ["scenes"] = "film" };

    public string VocabularyId { get; init; } = "words";

    public EncoderIdentity? Identity { get; init; }

    public ConcurrentQueue<(TextSide Side, string Text)> Calls { get; } = new();

    public IEnumerable<string> Texts => Calls.Select(call => call.Text);

    public IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default) =>
        [.. texts.Select(text => Encode(text, side))];

    public void Dispose()
    {
    }

    private SparseVector Encode(string text, TextSide side)
    {
        Calls.Enqueue((side, text));
        var weights = new Dictionary<string, float>();
        foreach (var word in text.ToLowerInvariant().Split(' ').Where(IsTerm))
        {
            weights[word] = weights.GetValueOrDefault(word) + 1;
            if (Related.TryGetValue(word, out var related))
            {
                weights[related] = weights.GetValueOrDefault(related) + 0.5f;
            }
        }

        return new SparseVector(weights.Select(entry => new TermWeight(entry.Key, entry.Value)));
    }

    private static bool IsTerm(string word) => word switch
    {
        Poison => throw new InvalidOperationException("The encoder failed."),
        _ => word.Any(char.IsLetterOrDigit) && !StopWords.Contains(word),
    };
}
