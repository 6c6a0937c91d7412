using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Soak.Processes;
using LuceneLsr.Tools.Soak.Queries;

namespace LuceneLsr.Tools.Soak.Commands;

/// <summary>"queries": parses hostile query strings and searches with them.</summary>
internal static class QueriesCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static readonly string[] Outcomes =
        [QueryCases.Searched, QueryCases.Refused, QueryCases.WrongError, CaseResult.Crash, CaseResult.Hang];

    public static Command Create()
    {
        var count = SoakOptions.CreateCount("--count", "Number of query strings.", 5_000);
        var seed = SoakOptions.CreateSeed();
        var command = new Command("queries", "Parse hostile query strings and search with them.") { count, seed };
        command.SetWork((parsed, cancellation) =>
        {
            var table = new OutcomeTable("strings", Outcomes, outcome => outcome
                is QueryCases.WrongError or CaseResult.Crash or CaseResult.Hang);
            var supervisor = new CaseSupervisor(
                first => QueriesWorker.CreateStartInfo(parsed.GetValue(seed), first, parsed.GetValue(count)), Limit);
            table.Run("queries", parsed.GetValue(count), supervisor, cancellation);
            table.Write();
        });
        return command;
    }
}
