using System.Collections.Concurrent;

namespace LuceneLsr.Orleans.Tests.Support;

/// <summary>
/// An encoder whose weights depend on all texts of a chunk, as those of a model do in the last digits.
/// </summary>
/// <param name="name">A name for the silo.</param>
/// <param name="fingerprint">The fingerprint of the model.</param>
internal sealed class ChunkEncoder(string name, string fingerprint = "abc") : ISparseEncoder
{
    private readonly ConcurrentQueue<string> _calls = new();

    /// <summary>Gets the name.</summary>
    public string Name => name;

    /// <summary>Gets the first text of each call, or "" for none.</summary>
    public IReadOnlyCollection<string> Calls => _calls;

    /// <summary>Gets or sets how long a call waits before it answers.</summary>
    public Action<CancellationToken> Wait { get; set; } = _ => Thread.Sleep(5);

    public string VocabularyId => "chunks";

    public EncoderIdentity Identity => new(name, fingerprint, "Text");

    public IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
    {
        _calls.Enqueue(texts is [var first, ..] ? first : "");
        Wait(cancellationToken);
        var total = texts.Sum(text => text.Length) + (side == TextSide.Query ? 0.5f : 0.25f);
        return [.. texts.Select(text => new SparseVector(
            text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct()
                .Select(word => new TermWeight(word, word.Length / total))))];
    }

    public void Dispose()
    {
    }
}
