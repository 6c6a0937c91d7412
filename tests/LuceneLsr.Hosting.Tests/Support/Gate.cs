namespace LuceneLsr.Hosting.Tests.Support;

/// <summary>Holds an encoder until the test opens the gate or the call is canceled.</summary>
internal sealed class Gate : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _arrived = new(0);
    private readonly ManualResetEventSlim _open = new();

    public void Pass(CancellationToken cancellationToken)
    {
        _arrived.Release();
        _open.Wait(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested(); // even if the gate has been opened, too
    }

    /// <summary>Returns when one more call has arrived.</summary>
    public async Task WaitForArrivalAsync() => Assert.True(await _arrived.WaitAsync(Patience));

    public void Open() => _open.Set();

    public void Dispose()
    {
        _arrived.Dispose();
        _open.Dispose();
    }
}
