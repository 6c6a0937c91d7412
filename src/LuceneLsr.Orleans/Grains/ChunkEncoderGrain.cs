using LuceneLsr.Orleans.Messages;
using Orleans.Placement;

namespace LuceneLsr.Orleans.Grains;

/// <inheritdoc cref="IChunkEncoderGrain"/>
[RandomPlacement] // where the caller hints at no silo that exists
internal sealed class ChunkEncoderGrain(IServiceProvider services, ILocalSiloDetails silo) : Grain, IChunkEncoderGrain
{
    /// <inheritdoc/>
    public Task<EncoderDescription> DescribeAsync() =>
        Task.Run(() => EncoderDescription.Create(services.GetEncoderService<ISparseEncoder>()));

    /// <inheritdoc/>
    public Task<TermWeights[]> EncodeAsync(
        string[] texts, TextSide side, EncoderDescription expected, CancellationToken cancellationToken) =>
        Task.Run(() => Encode(texts, side, expected, cancellationToken), cancellationToken);

    // As a chunk, because batches of queries depend on other callers.
    private TermWeights[] Encode(
        string[] texts, TextSide side, EncoderDescription expected, CancellationToken cancellationToken)
    {
        var encoder = services.GetEncoderService<ISparseEncoder>();
        var found = EncoderDescription.Create(encoder);
        if (!found.IsSameEncoder(expected))
        {
            throw new InvalidOperationException(
                $"Silo {silo.SiloAddress} has the encoder {found}, but others have {expected}. Give all silos the "
                + "same encoder.");
        }

        var (_, vectors) = encoder.EncodeChunks([texts], text => text, side, cancellationToken).Single();
        return [.. vectors.Select(vector => new TermWeights(vector))];
    }
}
