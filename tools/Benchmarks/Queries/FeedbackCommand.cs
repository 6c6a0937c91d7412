using System.CommandLine;
using LuceneLsr.Tools.Benchmarks.Workloads;
using LuceneLsr.Tools.Common;

namespace LuceneLsr.Tools.Benchmarks.Queries;

/// <summary>The command <c>feedback</c>: times feedback and more-like-this.</summary>
internal static class FeedbackCommand
{
    public static Command Create()
    {
        var command = new Command(
            "feedback", "Time pseudo-relevance feedback, more-like-this, and reading the impacts of their documents.");
        var options = new WorkloadOptions(command);
        command.SetWork((parsed, cancellation) =>
            FeedbackBenchmark.Run(options.CreateWorkload(parsed), options.GetRounds(parsed), cancellation));
        return command;
    }
}
