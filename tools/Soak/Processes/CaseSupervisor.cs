using System.Diagnostics;
using System.Text.Json;

namespace LuceneLsr.Tools.Soak.Processes;

/// <summary>
/// Runs cases in a child process, so that a crash or hang ends only that case. The next process goes on after it.
/// </summary>
/// <param name="start">How to start a process that runs <see cref="CaseWorker"/> from a case on.</param>
/// <param name="limit">The time after which a case counts as hanging.</param>
internal sealed class CaseSupervisor(Func<int, ProcessStartInfo> start, TimeSpan limit)
{
    private const string NotBegun = "before the first case";
    private const string HeapLimit = "0x30000000"; // 768 MiB: a case that allocates more fails

    /// <summary>Runs all cases in order.</summary>
    /// <param name="count">The number of cases.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    public IEnumerable<CaseResult> Run(int count, CancellationToken cancellationToken)
    {
        for (var next = 0; next < count;)
        {
            foreach (var result in RunProcess(next, count, cancellationToken))
            {
                next = result.Number + 1;
                yield return result;
            }
        }
    }

    private IEnumerable<CaseResult> RunProcess(int first, int count, CancellationToken cancellationToken)
    {
        var information = start(first);
        information.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        using var process = Process.Start(information)!;
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var open = new CaseResult(first, "", NotBegun, 0);
        bool isLate;
        try
        {
            while (ReadResult(process, cancellationToken, out isLate) is { } result)
            {
                open = result;
                if (result.Outcome.Length > 0)
                {
                    yield return result;
                    open = new(result.Number + 1, "", "between two cases", 0);
                }
            }
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }

        if (open.Number < count)
        {
            yield return Explain(open, isLate, error.Result);
        }
    }

    private CaseResult Explain(CaseResult open, bool isLate, string error)
    {
        if (open.Detail == NotBegun)
        {
            throw new InvalidOperationException($"The process ended before its first case: {Shorten(error)}");
        }

        return isLate
            ? open with { Outcome = CaseResult.Hang, Seconds = limit.TotalSeconds }
            : open with { Outcome = CaseResult.Crash, Detail = $"{open.Detail}: {Shorten(error)}" };
    }

    // A line that is not complete is the last one of a crash.
    private CaseResult? ReadResult(Process process, CancellationToken cancellationToken, out bool isLate)
    {
        try
        {
            return ReadLine(process, cancellationToken, out isLate) is { } line
                ? JsonSerializer.Deserialize<CaseResult>(line)
                : null;
        }
        catch (JsonException)
        {
            isLate = false;
            return null;
        }
    }

    private string? ReadLine(Process process, CancellationToken cancellationToken, out bool isLate)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        source.CancelAfter(limit);
        try
        {
            isLate = false;
            return process.StandardOutput.ReadLineAsync(source.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            isLate = true;
            return null;
        }
    }

    private static string Shorten(string text) => text.Length <= 500 ? text.Trim() : text[..500].Trim();
}
