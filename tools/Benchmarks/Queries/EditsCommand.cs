using System.CommandLine;
using LuceneLsr.Tools.Benchmarks.Workloads;
using LuceneLsr.Tools.Common;

namespace LuceneLsr.Tools.Benchmarks.Queries;

/// <summary>"edits": times queries with relevance rules.</summary>
internal static class EditsCommand
{
    public static Command Create()
    {
        var command = new Command("edits", "Time queries with relevance rules on documents.");
        var options = new WorkloadOptions(command);
        command.SetWork((parsed, cancellation) =>
            EditsBenchmark.Run(options.CreateWorkload(parsed), options.GetRounds(parsed), cancellation));
        return command;
    }
}
