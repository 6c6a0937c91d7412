using System.Diagnostics;

namespace LuceneLsr.Tools.Soak.Processes;

/// <summary>Extension methods for <see cref="Process"/>.</summary>
internal static class ProcessExtensions
{
    /// <summary>Waits for the end of a process, a time or a cancellation. Returns whether the process ended.</summary>
    public static bool WaitForExitOrCancellation(
        this Process process, TimeSpan? time, CancellationToken cancellationToken)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        source.CancelAfter(time ?? Timeout.InfiniteTimeSpan);
        try
        {
            process.WaitForExitAsync(source.Token).GetAwaiter().GetResult();
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
