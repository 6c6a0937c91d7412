using System.CommandLine;
using LuceneLsr.Tools.Benchmarks.Workloads;
using LuceneLsr.Tools.Common;

namespace LuceneLsr.Tools.Benchmarks.Queries;

/// <summary>The program without a subcommand: times queries and indexing on one workload.</summary>
internal static class QueryCommand
{
    /// <summary>Creates the program's root command.</summary>
    public static RootCommand CreateRoot()
    {
        var command = new RootCommand(
            "Time queries and indexing. Each engine is compared with Lucene's BooleanQuery in the same run. "
            + "All engines must return the same hits before any time is printed.");
        var options = new WorkloadOptions(command);
        command.SetWork((parsed, cancellation) =>
            QueryBenchmark.Run(options.CreateWorkload(parsed), options.GetRounds(parsed), cancellation));
        return command;
    }
}
