using System.Collections.Concurrent;

namespace LuceneLsr.Tests.Upgrades;

/// <summary>Gives each word, reversed, the weight 1.5 per occurrence. The word "of" has no term.</summary>
internal sealed class ReversingEncoder : ISparseEncoder
{
    public string VocabularyId { get; init; } = "reversed";

    /// <summary>Gets the texts that were encoded.</summary>
    public ConcurrentQueue<string> Texts { get; } = [];

    /// <summary>Gets or sets what happens before each batch.</summary>
    public Action BeforeBatch { get; set; } = () => { };

    public IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
    {
        BeforeBatch();
        foreach (var text in texts)
        {
            Texts.Enqueue(text);
        }

        return [.. texts.Select(Encode)];
    }

    public static SparseVector Encode(string text) => new(text.Split(' ').Where(word => word != "of")
        .CountBy(word => word)
        .Select(word => new TermWeight(string.Concat(word.Key.Reverse()), 1.5f * word.Value)));

    public void Dispose()
    {
    }
}
