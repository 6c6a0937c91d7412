using LuceneLsr.Orleans.Grains;

namespace LuceneLsr.Orleans.Clients;

/// <summary>
/// The silos that encode for a client. Each chunk goes to the silo with the fewest of them. Thread-safe.
/// </summary>
/// <param name="grains">Finds the silos.</param>
/// <param name="timeout">How long to wait for the list of silos.</param>
internal sealed class EncoderSilos(IGrainFactory grains, TimeSpan timeout)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SiloAddress, int> _chunks = [];

    /// <summary>Gets the number of silos when they were last listed.</summary>
    public int Count { get; private set; }

    /// <summary>Returns the active silos.</summary>
    /// <exception cref="TimeoutException">No silo answers.</exception>
    public async Task<IReadOnlyList<SiloAddress>> ListAsync(CancellationToken cancellationToken)
    {
        var silos = await grains.GetGrain<IIndexGrain>(0).GetEncoderSilosAsync().WaitAsync(timeout, cancellationToken)
            .ConfigureAwait(false);
        Count = silos.Length;
        return silos.Length > 0 ? silos : throw new TimeoutException("No silo of the cluster is active.");
    }

    /// <summary>Chooses a silo for a chunk and counts it.</summary>
    /// <param name="previous">
    /// A silo that did not encode it, which is chosen only if there is no other, or null.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<SiloAddress> AcquireAsync(SiloAddress? previous, CancellationToken cancellationToken)
    {
        var silos = await ListAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            var chosen = silos.OrderBy(silo => silo.Equals(previous)).ThenBy(silo => _chunks.GetValueOrDefault(silo))
                .First();
            _chunks[chosen] = _chunks.GetValueOrDefault(chosen) + 1;
            return chosen;
        }
    }

    /// <summary>Ends the count of a chunk.</summary>
    public void Release(SiloAddress silo)
    {
        lock (_gate)
        {
            if (--_chunks[silo] == 0)
            {
                _chunks.Remove(silo);
            }
        }
    }
}
