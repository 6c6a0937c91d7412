using System.Diagnostics;
using LuceneLsr.Orleans.Grains;
using LuceneLsr.Orleans.Messages;
using Orleans.Runtime.Placement;
using Polly;

namespace LuceneLsr.Orleans.Clients;

/// <summary>Calls the encoders of silos, and calls another one when a call is lost. Thread-safe.</summary>
/// <param name="grains">Finds the encoders.</param>
/// <param name="timeout">How long to wait for a short answer of a silo.</param>
internal sealed class EncoderCalls(IGrainFactory grains, TimeSpan timeout)
{
    private const int MaxLosses = 5;

    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxSilence = TimeSpan.FromMinutes(1);

    private readonly EncoderSilos _silos = new(grains, timeout);
    private readonly ResiliencePipeline _policy = ClusterPolicy.CreateEncode();

    /// <summary>Gets the number of silos when they were last listed.</summary>
    public int Silos => _silos.Count;

    /// <summary>Returns the encoder of all silos.</summary>
    /// <exception cref="InvalidOperationException">Silos have different encoders, or none.</exception>
    /// <exception cref="TimeoutException">No silo has answered for minutes.</exception>
    public Task<EncoderDescription> DescribeAsync(CancellationToken cancellationToken) => RepeatAsync(
        async token =>
        {
            var silos = await _silos.ListAsync(token).ConfigureAwait(false);
            var encoders = await Task.WhenAll(silos.Select(silo => GetEncoder(silo).DescribeAsync().WaitAsync(token)))
                .ConfigureAwait(false);
            return encoders.FirstOrDefault(encoder => !encoder.IsSameEncoder(encoders[0])) is { } other
                ? throw new InvalidOperationException(
                    $"Silos have different encoders: {encoders[0]} and {other}. Give all silos the same one.")
                : encoders[0];
        },
        cancellationToken);

    /// <summary>Encodes texts on one silo.</summary>
    /// <exception cref="InvalidOperationException">The silo has another encoder, or none.</exception>
    /// <exception cref="TimeoutException">No silo has answered for minutes.</exception>
    public Task<IReadOnlyList<SparseVector>> EncodeAsync(
        string[] texts, TextSide side, EncoderDescription expected, CancellationToken cancellationToken)
    {
        SiloAddress? previous = null;
        var losses = 0;
        return RepeatAsync<IReadOnlyList<SparseVector>>(
            async token =>
            {
                var silo = previous = await _silos.AcquireAsync(previous, token).ConfigureAwait(false);
                using var ending = CancellationTokenSource.CreateLinkedTokenSource(token);
                try
                {
                    var id = Guid.NewGuid();
                    var answer = GetEncoder(silo).EncodeAsync(id, texts, side, expected, ending.Token);
                    await WatchAsync(silo, id, answer, token).ConfigureAwait(false);
                    return Array.ConvertAll(await answer.ConfigureAwait(false), vector => vector.ToVector());
                }
                catch (SiloUnavailableException exception) when (++losses == MaxLosses)
                {
                    throw new InvalidOperationException(
                        $"{MaxLosses} silos were lost while they encoded the same {texts.Length} texts, the longest of "
                        + $"{texts.Max(text => text.Length):N0} characters. They may need too much memory.",
                        exception);
                }
                finally
                {
                    _silos.Release(silo);
                    await ending.CancelAsync().ConfigureAwait(false);
                }
            },
            cancellationToken);
    }

    // Neither the death of a silo nor the loss of a message ends a call, and nobody knows how long encoding takes. So
    // the silo is asked. If it does not answer, it may be slow. If Orleans finds it dead, another one answers for it.
    private async Task WatchAsync(SiloAddress silo, Guid id, Task answer, CancellationToken cancellationToken)
    {
        var (lastAnswer, isMissing) = (Stopwatch.GetTimestamp(), false);
        while (await Task.WhenAny(answer, Task.Delay(WatchInterval, cancellationToken)).ConfigureAwait(false) != answer)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isEncoding = await IsEncodingAsync(silo, id, cancellationToken).ConfigureAwait(false);
            if ((isEncoding == false && isMissing) || Stopwatch.GetElapsedTime(lastAnswer) > MaxSilence)
            {
                throw new SiloUnavailableException($"Silo {silo} lost a chunk.");
            }

            lastAnswer = isEncoding is null ? lastAnswer : Stopwatch.GetTimestamp();
            isMissing = isEncoding == false; // perhaps its answer is under way
        }
    }

    // Returns null if the silo does not answer.
    private async Task<bool?> IsEncodingAsync(SiloAddress silo, Guid id, CancellationToken cancellationToken)
    {
        try
        {
            return await GetEncoder(silo).IsEncodingAsync(id).WaitAsync(timeout, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            return null;
        }
    }

    private IChunkEncoderGrain GetEncoder(SiloAddress silo)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
        return grains.GetGrain<IChunkEncoderGrain>(silo.ToParsableString());
    }

    private async Task<T> RepeatAsync<T>(
        Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await _policy.ExecuteAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            throw new TimeoutException(
                $"No silo has answered for minutes. The last error was: {exception.Message}", exception);
        }
    }
}
