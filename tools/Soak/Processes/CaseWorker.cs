using System.Text.Json;

namespace LuceneLsr.Tools.Soak.Processes;

/// <summary>Runs cases in this process and reports each on standard output for a <see cref="CaseSupervisor"/>.</summary>
internal static class CaseWorker
{
    /// <summary>Runs the cases of a range.</summary>
    /// <param name="first">The first case.</param>
    /// <param name="end">The case after the last one.</param>
    /// <param name="describe">Says what a case is.</param>
    /// <param name="run">Runs a case and returns its outcome and detail.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    public static void Run(
        int first, int end, Func<int, string> describe, Func<int, (string Outcome, string Detail)> run,
        CancellationToken cancellationToken)
    {
        for (var number = first; number < end; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Report(new(number, "", describe(number), 0));
            var start = TimeProvider.System.GetTimestamp();
            var (outcome, detail) = run(number);
            Report(new(number, outcome, detail, TimeProvider.System.GetElapsedTime(start).TotalSeconds));
        }
    }

    private static void Report(CaseResult result) => Console.WriteLine(JsonSerializer.Serialize(result));
}
