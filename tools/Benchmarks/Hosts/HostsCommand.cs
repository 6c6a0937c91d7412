using System.CommandLine;
using LuceneLsr.Tools.Benchmarks.Workloads;
using LuceneLsr.Tools.Common;

namespace LuceneLsr.Tools.Benchmarks.Hosts;

/// <summary>The command <c>hosts</c>: times queries as applications send them.</summary>
internal static class HostsCommand
{
    public static Command Create()
    {
        var command = new Command(
            "hosts",
            "Time queries in Lucene's own IndexSearcher: under filters, in Boolean queries, sorted, and paged. Each engine "
            + "must return the hits of BooleanQuery before any time is printed.");
        var options = new WorkloadOptions(command);
        command.SetWork((parsed, cancellation) =>
            HostBenchmark.Run(options.CreateWorkload(parsed), options.GetRounds(parsed), cancellation));
        return command;
    }
}
