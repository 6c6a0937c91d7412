using System.Collections.Concurrent;

namespace LuceneLsr.Hosting.Tests.Support;

/// <summary>Gives each word of a text the weight 1. Records its calls, and runs a function before each.</summary>
internal sealed class RecordingEncoder : ISparseEncoder
{
    private int _disposals;

    public string VocabularyId { get; init; } = "words";

    public EncoderIdentity? Identity { get; init; } = new("recording", "fingerprint", "words");

    public ConcurrentQueue<(TextSide Side, string Texts)> Calls { get; } = new();

    public Action<CancellationToken> BeforeEncode { get; set; } = _ => { };

    public int Disposals => _disposals;

    public IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
    {
        Calls.Enqueue((side, string.Join('|', texts)));
        BeforeEncode(cancellationToken);
        return [.. texts.Select(text => new SparseVector(
            text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => new TermWeight(word, 1))))];
    }

    public IEnumerable<(IReadOnlyList<T> Chunk, IReadOnlyList<SparseVector> Vectors)> EncodeChunks<T>(
        IEnumerable<IReadOnlyList<T>> chunks, Func<T, string> textOf, TextSide side,
        CancellationToken cancellationToken = default)
    {
        Calls.Enqueue((side, "chunks"));
        return chunks.Select(chunk => (chunk, Encode([.. chunk.Select(textOf)], side, cancellationToken)));
    }

    public void Dispose() => Interlocked.Increment(ref _disposals);
}
