namespace LuceneLsr.Tools.Cluster.Silos;

/// <summary>Silos in processes of their own.</summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    private readonly SiloSettings _settings;
    private readonly List<SiloProcess> _silos = [];

    private LocalCluster(SiloSettings settings) => _settings = settings;

    /// <summary>Starts silos one after the other.</summary>
    public static async Task<LocalCluster> StartAsync(
        SiloSettings settings, int silos, CancellationToken cancellationToken)
    {
        var cluster = new LocalCluster(settings);
        try
        {
            for (var number = 0; number < silos; number++)
            {
                await cluster.StartSiloAsync(number, cancellationToken).ConfigureAwait(false);
            }

            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Starts the silo with a number.</summary>
    public async Task StartSiloAsync(int number, CancellationToken cancellationToken) =>
        _silos.Add(await SiloProcess.StartAsync(_settings, number, cancellationToken).ConfigureAwait(false));

    /// <summary>Kills the silo with a number (kill -9).</summary>
    public void Kill(int number)
    {
        var silo = _silos.Single(silo => silo.Number == number);
        silo.Kill();
        silo.Dispose();
        _silos.Remove(silo);
    }

    /// <summary>Waits until a silo ends by itself, and removes it.</summary>
    /// <returns>Its number, its exit code, and the number of silos that are left.</returns>
    public async Task<(int Number, int ExitCode, int Left)> WaitForEndAsync(CancellationToken cancellationToken)
    {
        var exits = _silos.ToDictionary(silo => silo.WaitForExitAsync(cancellationToken));
        var exit = await Task.WhenAny(exits.Keys).ConfigureAwait(false);
        var exitCode = await exit.ConfigureAwait(false);
        using var silo = exits[exit];
        _silos.Remove(silo);
        return (silo.Number, exitCode, _silos.Count);
    }

    /// <summary>Stops all silos, the first one last, because it may hold the membership of the others.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos.OrderByDescending(silo => silo.Number))
        {
            await silo.StopAsync().ConfigureAwait(false);
            silo.Dispose();
        }
    }
}
