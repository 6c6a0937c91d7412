using System.Runtime.InteropServices;

namespace LuceneLsr.Tools.Common;

/// <summary>
/// Cancels a command on SIGINT (Ctrl+C), SIGTERM and SIGHUP (a closed terminal), and knows the exit code that a shell
/// expects for the signal.
/// </summary>
internal sealed class TerminationSignals : IDisposable
{
    private static readonly (PosixSignal Signal, int Number)[] Handled =
        [(PosixSignal.SIGHUP, 1), (PosixSignal.SIGINT, 2), (PosixSignal.SIGTERM, 15)];

    private readonly CancellationTokenSource _cancellation = new();
    private readonly PosixSignalRegistration[] _registrations;

    public TerminationSignals() => _registrations = [.. Handled.Select(handled =>
        PosixSignalRegistration.Create(handled.Signal, context => Cancel(context, handled.Number)))];

    /// <summary>Gets the token that a signal cancels.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>Gets 128 plus the number of the first signal; that of SIGINT if there was none.</summary>
    public int ExitCode { get; private set; } = GetExitCode(2);

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _cancellation.Dispose();
    }

    private static int GetExitCode(int signal) => 128 + signal;

    private void Cancel(PosixSignalContext context, int number)
    {
        if (_cancellation.IsCancellationRequested)
        {
            context.Cancel = context.Signal != PosixSignal.SIGINT; // only a second Ctrl+C ends the process at once
            return;
        }

        context.Cancel = true; // the command ends by itself
        ExitCode = GetExitCode(number);
        _cancellation.Cancel();
    }
}
