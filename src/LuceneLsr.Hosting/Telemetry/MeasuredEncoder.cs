using Microsoft.Extensions.DependencyInjection;

namespace LuceneLsr.Hosting.Telemetry;

/// <summary>Measures the calls of the application's encoder.</summary>
/// <param name="encoder">The encoder. The container that created it disposes it.</param>
/// <param name="metrics">The metrics.</param>
/// <param name="clock">The clock.</param>
internal sealed class MeasuredEncoder(
    [FromKeyedServices(MeasuredEncoder.InnerKey)] ISparseEncoder encoder, EncoderMetrics metrics, TimeProvider clock)
    : ISparseEncoder
{
    /// <summary>The key of the service that is the encoder itself.</summary>
    public const string InnerKey = "LuceneLsr.Hosting.Encoder";

    public string VocabularyId => encoder.VocabularyId;

    public EncoderIdentity? Identity => encoder.Identity;

    public IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
    {
        var start = clock.GetTimestamp();
        Exception? failure = null;
        try
        {
            return encoder.EncodeAll(texts, side, cancellationToken);
        }
        catch (Exception exception)
        {
            failure = exception;
            throw;
        }
        finally
        {
            metrics.RecordCall(side, texts.Count, clock.GetElapsedTime(start), failure);
        }
    }

    /// <summary>Encodes chunks. They are not measured, because the encoder may read them ahead.</summary>
    public IEnumerable<(IReadOnlyList<T> Chunk, IReadOnlyList<SparseVector> Vectors)> EncodeChunks<T>(
        IEnumerable<IReadOnlyList<T>> chunks, Func<T, string> textOf, TextSide side,
        CancellationToken cancellationToken = default) =>
        encoder.EncodeChunks(chunks, textOf, side, cancellationToken);

    public void Dispose()
    {
    }
}
