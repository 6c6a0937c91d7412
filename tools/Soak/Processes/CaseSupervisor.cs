using System.Diagnostics;
using System.Text.Json;

namespace LuceneLsr.Tools.Soak.Processes;

/// <summary>
/// Has cases run in another process, which a case may crash or hang. The next process goes on with the case after it.
/// </summary>
/// <param name="start">How to start a process that runs <see cref="CaseWorker"/> from a case on.</param>
/// <param name="limit">The time after which a case counts as hanging.</param>
internal sealed class CaseSupervisor(Func<int, ProcessStartInfo> start, TimeSpan limit)
{
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
        var open = new CaseResult(first, "", "before the first case", 0);
        while (true)
        {
            var line = ReadLine(process, cancellationToken, out var isLate);
            if (line is null)
            {
                process.Kill();
                process.WaitForExit();
                if (open.Number < count)
                {
                    yield return isLate
                        ? open with { Outcome = CaseResult.Hang, Seconds = limit.TotalSeconds }
                        : open with { Outcome = CaseResult.Crash, Detail = $"{open.Detail}: {Shorten(error.Result)}" };
                }

                yield break;
            }

            var result = JsonSerializer.Deserialize<CaseResult>(line)!;
            if (result.Outcome.Length > 0)
            {
                yield return result;
                open = new(result.Number + 1, "", "between two cases", 0);
            }
            else
            {
                open = result;
            }
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
