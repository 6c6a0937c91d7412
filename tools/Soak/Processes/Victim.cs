using System.Diagnostics;

namespace LuceneLsr.Tools.Soak.Processes;

/// <summary>What a process did before it ended or was killed.</summary>
/// <param name="IsKilled">Whether it was killed before it ended.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Lines">The lines of its standard output.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Lifetime">How long it lived.</param>
internal sealed record Victim(
    bool IsKilled, int ExitCode, IReadOnlyList<string> Lines, string Error, TimeSpan Lifetime)
{
    /// <summary>Runs a process until it ends.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static Victim Run(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        var victim = Kill(start, after: null, cancellationToken);
        return victim.ExitCode == 0 ? victim : throw new InvalidOperationException(
            $"{string.Join(' ', start.ArgumentList)} ended with {victim.ExitCode}: {victim.Error.Trim()}");
    }

    /// <summary>Runs a process and kills it (kill -9) after a time, if it still runs.</summary>
    public static Victim Kill(ProcessStartInfo start, TimeSpan? after, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var isKilled = !process.WaitForExitOrCancellation(after, cancellationToken);
        if (isKilled)
        {
            process.Kill();
            process.WaitForExit();
        }

        cancellationToken.ThrowIfCancellationRequested();
        return new(isKilled, process.ExitCode, output.Result.Split('\n'), error.Result, clock.Elapsed);
    }
}
