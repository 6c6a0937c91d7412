using System.Diagnostics;
using LuceneLsr.Hosting.Settings;
using LuceneLsr.Hosting.Telemetry;
using Microsoft.Extensions.Options;

namespace LuceneLsr.Hosting.Queries;

/// <summary>
/// The encoder that the application gets. Queries go through the <see cref="IQueryEncoder"/>, while the caller waits;
/// documents and chunks go straight to the application's encoder, which the container disposes.
/// </summary>
internal sealed class HostedEncoder(MeasuredEncoder encoder, IQueryEncoder queries, IOptions<LuceneLsrOptions> options)
    : ISparseEncoder
{
    public string VocabularyId => encoder.VocabularyId;

    public EncoderIdentity? Identity => encoder.Identity;

    public IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return side switch
        {
            TextSide.Query => EncodeQueries(texts, cancellationToken),
            TextSide.Document => EncodeDocuments(texts, cancellationToken),
            _ => throw new UnreachableException(),
        };
    }

    public IEnumerable<(IReadOnlyList<T> Chunk, IReadOnlyList<SparseVector> Vectors)> EncodeChunks<T>(
        IEnumerable<IReadOnlyList<T>> chunks, Func<T, string> textOf, TextSide side,
        CancellationToken cancellationToken = default) =>
        encoder.EncodeChunks(chunks, textOf, side, cancellationToken);

    public void Dispose()
    {
    }

    // One batch after the other: the timeout of a query includes its time in the queue.
    private IReadOnlyList<SparseVector> EncodeQueries(
        IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        [.. texts.Chunk(options.Value.Batch.MaxSize).SelectMany(batch => Task.WhenAll(
            batch.Select(text => queries.EncodeAsync(text, cancellationToken).AsTask())).GetAwaiter().GetResult())];

    private IReadOnlyList<SparseVector> EncodeDocuments(
        IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        using var activity = EncoderActivities.Start(TextSide.Document);
        try
        {
            return encoder.Encode(texts, TextSide.Document, cancellationToken);
        }
        catch (Exception exception)
        {
            activity?.Fail(exception);
            throw;
        }
    }
}
