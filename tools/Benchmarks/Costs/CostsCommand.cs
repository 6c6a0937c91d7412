using System.CommandLine;
using LuceneLsr.Tools.Benchmarks.Workloads;
using LuceneLsr.Tools.Common;

namespace LuceneLsr.Tools.Benchmarks.Costs;

/// <summary>The command <c>costs</c>: measures the cost of a posting, which predicts the time on any index.</summary>
internal static class CostsCommand
{
    public static Command Create()
    {
        var command = new Command(
            "costs",
            "Measure the time of a query per posting and its fixed time, on an index and on parts of it: the costs "
            + "that 'lsr-cluster simulate' takes.");
        var options = new WorkloadOptions(command);
        command.SetWork((parsed, cancellation) =>
            CostsBenchmark.Run(options.CreateWorkload(parsed), options.GetRounds(parsed), cancellation));
        return command;
    }
}
