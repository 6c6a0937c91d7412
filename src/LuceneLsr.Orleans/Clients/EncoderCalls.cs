using LuceneLsr.Orleans.Grains;
using LuceneLsr.Orleans.Messages;
using Orleans.Runtime.Placement;
using Polly;

namespace LuceneLsr.Orleans.Clients;

/// <summary>Calls the encoders of silos, and calls another one when a silo dies. Thread-safe.</summary>
/// <param name="grains">Finds the encoders.</param>
/// <param name="timeout">How long to wait for the list of silos.</param>
internal sealed class EncoderCalls(IGrainFactory grains, TimeSpan timeout)
{
    // Orleans does not tell a client that the silo of a call died.
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    private readonly EncoderSilos _silos = new(grains, timeout);
    private readonly ResiliencePipeline _policy = ClusterPolicy.CreateEncode();

    /// <summary>Gets the number of silos when they were last listed.</summary>
    public int Silos => _silos.Count;

    /// <summary>Returns the encoder of all silos.</summary>
    /// <exception cref="InvalidOperationException">Silos have different encoders, or none.</exception>
    public async Task<EncoderDescription> DescribeAsync(CancellationToken cancellationToken) =>
        await _policy.ExecuteAsync(
            async token =>
            {
                var silos = await _silos.ListAsync(token).ConfigureAwait(false);
                var encoders = await Task.WhenAll(
                    silos.Select(silo => CallAsync(silo, encoder => encoder.DescribeAsync(), token)))
                    .ConfigureAwait(false);
                return encoders.FirstOrDefault(encoder => !encoder.IsSameEncoder(encoders[0])) is { } other
                    ? throw new InvalidOperationException(
                        $"Silos have different encoders: {encoders[0]} and {other}. Give all silos the same one.")
                    : encoders[0];
            },
            cancellationToken).ConfigureAwait(false);

    /// <summary>Encodes texts on one silo.</summary>
    public async Task<IReadOnlyList<SparseVector>> EncodeAsync(
        string[] texts, TextSide side, EncoderDescription expected, CancellationToken cancellationToken)
    {
        SiloAddress? failed = null;
        return await _policy.ExecuteAsync(
            async token =>
            {
                var silo = await _silos.AcquireAsync(failed, token).ConfigureAwait(false);
                try
                {
                    failed = silo;
                    var vectors = await CallAsync(
                        silo, encoder => encoder.EncodeAsync(texts, side, expected, token), token)
                        .ConfigureAwait(false);
                    return Array.ConvertAll(vectors, vector => vector.ToVector());
                }
                finally
                {
                    _silos.Release(silo);
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> CallAsync<T>(
        SiloAddress silo, Func<IChunkEncoderGrain, Task<T>> call, CancellationToken cancellationToken)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
        var answer = call(grains.GetGrain<IChunkEncoderGrain>(silo.ToParsableString()));
        while (await Task.WhenAny(answer, Task.Delay(WatchInterval, cancellationToken)).ConfigureAwait(false) != answer)
        {
            var silos = await _silos.ListAsync(cancellationToken).ConfigureAwait(false);
            if (!silos.Contains(silo))
            {
                throw new SiloUnavailableException($"Silo {silo} left the cluster while it encoded.");
            }
        }

        return await answer.ConfigureAwait(false);
    }
}
