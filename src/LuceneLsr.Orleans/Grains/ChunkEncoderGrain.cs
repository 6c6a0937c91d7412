using LuceneLsr.Orleans.Messages;
using Orleans.Placement;

namespace LuceneLsr.Orleans.Grains;

/// <inheritdoc cref="IChunkEncoderGrain"/>
[RandomPlacement] // where the caller hints at no silo that exists
internal sealed class ChunkEncoderGrain(IServiceProvider services, ILocalSiloDetails silo)
    : Grain, IChunkEncoderGrain, IDisposable
{
    private readonly HashSet<Guid> _calls = [];
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <inheritdoc/>
    public Task<EncoderDescription> DescribeAsync() =>
        Task.Run(() => EncoderDescription.Create(services.GetEncoderService<ISparseEncoder>()));

    /// <inheritdoc/>
    public async Task<EncodedVector[]> EncodeAsync(
        Guid id, string[] texts, TextSide side, EncoderDescription expected, CancellationToken cancellationToken)
    {
        _calls.Add(id);
        try
        {
            await _turn.WaitAsync(cancellationToken);
            try
            {
                return await Task.Run(() => Encode(texts, side, expected, cancellationToken), cancellationToken);
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            _calls.Remove(id);
            MoveIfMisplaced();
        }
    }

    /// <inheritdoc/>
    public Task<bool> IsEncodingAsync(Guid id)
    {
        MoveIfMisplaced();
        return Task.FromResult(_calls.Contains(id));
    }

    public void Dispose() => _turn.Dispose();

    // A silo that joins is not known to all at the same time, so the first call for it may arrive at another one. The
    // hint of the current call says where to go.
    private void MoveIfMisplaced()
    {
        if (_calls.Count == 0 && this.GetPrimaryKeyString() != silo.SiloAddress.ToParsableString())
        {
            MigrateOnIdle();
        }
    }

    // As a chunk, because batches of queries depend on other callers.
    private EncodedVector[] Encode(
        string[] texts, TextSide side, EncoderDescription expected, CancellationToken cancellationToken)
    {
        var encoder = services.GetEncoderService<ISparseEncoder>();
        var found = EncoderDescription.Create(encoder);
        if (!found.IsSameEncoder(expected))
        {
            throw new InvalidOperationException(
                $"Silo {silo.SiloAddress} has {found}, but others have {expected}. Give all silos the same encoder.");
        }

        var (_, vectors) = encoder.EncodeChunks([texts], text => text, side, cancellationToken).Single();
        return [.. vectors.Select(vector => new EncodedVector(vector))];
    }
}
