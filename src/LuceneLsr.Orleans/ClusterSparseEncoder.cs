using LuceneLsr.Orleans.Clients;
using LuceneLsr.Orleans.Messages;

namespace LuceneLsr.Orleans;

/// <summary>
/// Encodes texts on the silos of a cluster, so that all of them share the work. The vectors are those of the silos'
/// encoder, whatever the number of silos. <see cref="LsrCluster.CreateEncoderAsync"/> creates it.
/// </summary>
/// <remarks>
/// A chunk is encoded as a whole on one silo, and again on another one if that silo dies. Each silo encodes one chunk
/// after the other, for all clients.
/// </remarks>
public sealed class ClusterSparseEncoder : ISparseEncoder
{
    private const int ChunksPerSilo = 3; // one in work; the others wait, so that the silo never does

    private readonly EncoderCalls _calls;
    private readonly EncoderDescription _description;

    internal ClusterSparseEncoder(EncoderCalls calls, EncoderDescription description) =>
        (_calls, _description) = (calls, description);

    /// <inheritdoc/>
    public string VocabularyId => _description.VocabularyId;

    /// <inheritdoc/>
    public EncoderIdentity? Identity => _description.Identity;

    /// <summary>Encodes texts on one silo.</summary>
    /// <param name="texts">The texts. They are one chunk.</param>
    /// <param name="side">The side of all these texts.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>One vector per text, in the order of <paramref name="texts"/>.</returns>
    /// <exception cref="InvalidOperationException">A silo has another encoder, or none.</exception>
    /// <exception cref="TimeoutException">No silo has answered for minutes.</exception>
    public IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return _calls.EncodeAsync([.. texts], side, _description, cancellationToken).GetAwaiter().GetResult();
    }

    /// <summary>Encodes chunks on all silos at the same time, and returns them in order.</summary>
    /// <inheritdoc/>
    public IEnumerable<(IReadOnlyList<T> Chunk, IReadOnlyList<SparseVector> Vectors)> EncodeChunks<T>(
        IEnumerable<IReadOnlyList<T>> chunks, Func<T, string> textOf, TextSide side,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        ArgumentNullException.ThrowIfNull(textOf);
        return EncodeAll(chunks, textOf, side, cancellationToken);
    }

    /// <summary>Does nothing: the silos keep their encoders.</summary>
    public void Dispose()
    {
    }

    private IEnumerable<(IReadOnlyList<T> Chunk, IReadOnlyList<SparseVector> Vectors)> EncodeAll<T>(
        IEnumerable<IReadOnlyList<T>> chunks, Func<T, string> textOf, TextSide side,
        CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pending = new Queue<(IReadOnlyList<T> Chunk, Task<IReadOnlyList<SparseVector>> Vectors)>();
        try
        {
            foreach (var chunk in chunks)
            {
                pending.Enqueue((
                    chunk, _calls.EncodeAsync([.. chunk.Select(textOf)], side, _description, stopping.Token)));
                while (pending.Count >= Math.Max(1, ChunksPerSilo * _calls.Silos))
                {
                    yield return WaitForNext(pending);
                }
            }

            while (pending.Count > 0)
            {
                yield return WaitForNext(pending);
            }
        }
        finally
        {
            stopping.Cancel();
        }
    }

    private static (IReadOnlyList<T> Chunk, IReadOnlyList<SparseVector> Vectors) WaitForNext<T>(
        Queue<(IReadOnlyList<T> Chunk, Task<IReadOnlyList<SparseVector>> Vectors)> pending)
    {
        var (chunk, vectors) = pending.Dequeue();
        return (chunk, vectors.GetAwaiter().GetResult());
    }
}
