namespace LuceneLsr.Hosting.Queries;

/// <summary>
/// Encodes queries without blocking the caller: from the cache, or together with other queries, within the limits of
/// the encoder policy. Thread-safe.
/// </summary>
public interface IQueryEncoder
{
    /// <summary>Encodes a query.</summary>
    /// <param name="text">The query.</param>
    /// <param name="cancellationToken">Cancels the wait of this caller. Others that wait are not affected.</param>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    /// <exception cref="Polly.Timeout.TimeoutRejectedException">The encoder is too slow.</exception>
    /// <exception cref="Polly.CircuitBreaker.BrokenCircuitException">
    /// The encoder is not asked for some time, because it failed or was too slow.
    /// </exception>
    ValueTask<SparseVector> EncodeAsync(string text, CancellationToken cancellationToken = default);
}
