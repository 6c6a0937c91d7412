using System.CommandLine;
using System.Diagnostics;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Soak.Processes;
using LuceneLsr.Tools.Soak.Queries;

namespace LuceneLsr.Tools.Soak.Commands;

/// <summary>"queries-worker": the process in which <see cref="QueriesCommand"/> parses query strings.</summary>
internal static class QueriesWorker
{
    private const string Name = "queries-worker";

    public static Command Create()
    {
        Option<int> seed = new("--seed"), first = new("--first"), end = new("--end");
        var command = new Command(Name, "Parse query strings.") { seed, first, end };
        command.Hidden = true;
        command.SetWork((parsed, cancellation) =>
        {
            using var cases = new QueryCases(parsed.GetValue(seed));
            CaseWorker.Run(parsed.GetValue(first), parsed.GetValue(end), cases.Describe, cases.Run, cancellation);
        });
        return command;
    }

    /// <summary>Says how to start the process.</summary>
    public static ProcessStartInfo CreateStartInfo(int seed, int first, int end) =>
        Programs.Soak(Name, "--seed", $"{seed}", "--first", $"{first}", "--end", $"{end}");
}
