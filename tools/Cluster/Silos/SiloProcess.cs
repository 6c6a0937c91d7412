using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace LuceneLsr.Tools.Cluster.Silos;

/// <summary>A silo in a process of its own.</summary>
internal sealed partial class SiloProcess : IDisposable
{
    /// <summary>What the process prints when it is ready.</summary>
    public const string Ready = "ready";

    private const int Terminate = 15; // SIGTERM

    private static readonly TimeSpan StoppingTime = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private SiloProcess(int number, Process process) => (Number, _process) = (number, process);

    /// <summary>Gets the number of the silo, counted from 0.</summary>
    public int Number { get; }

    /// <summary>Starts the process and waits until it is ready.</summary>
    /// <exception cref="InvalidOperationException">
    /// It ended before it was ready. Its errors are on standard error.
    /// </exception>
    public static async Task<SiloProcess> StartAsync(
        SiloSettings settings, int number, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                typeof(SiloProcess).Assembly.Location, "silo", "--number",
                number.ToString(CultureInfo.InvariantCulture), .. settings.ToArguments(),
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true, // the silo stops when this process ends
        };
        var silo = new SiloProcess(number, Process.Start(start)!);
        try
        {
            var output = silo._process.StandardOutput;
            while (await output.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                if (line == Ready)
                {
                    _ = output.ReadToEndAsync(CancellationToken.None);
                    return silo;
                }
            }

            throw new InvalidOperationException($"Silo {number} ended before it was ready.");
        }
        catch
        {
            silo.Dispose();
            throw;
        }
    }

    /// <summary>Waits until the process ends, and returns its exit code.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return _process.ExitCode;
    }

    /// <summary>Kills the process (kill -9).</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Stops the silo, so that it leaves the cluster.</summary>
    public async Task StopAsync()
    {
        if (!_process.HasExited)
        {
            if (OperatingSystem.IsWindows())
            {
                _process.StandardInput.Close();
            }
            else
            {
                _ = SendSignal(_process.Id, Terminate);
            }

            using var timeout = new CancellationTokenSource(StoppingTime);
            try
            {
                await _process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                Kill();
            }
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
