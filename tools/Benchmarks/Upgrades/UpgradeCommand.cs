using System.CommandLine;
using LuceneLsr.Tools.Benchmarks.Workloads;
using LuceneLsr.Tools.Common;

namespace LuceneLsr.Tools.Benchmarks.Upgrades;

/// <summary>The command <c>upgrade</c>: times what an encoder upgrade costs besides the encoding.</summary>
internal static class UpgradeCommand
{
    public static Command Create()
    {
        var command = new Command(
            "upgrade",
            "Time the upgrade of an index on disk to an encoder that takes no time, beside the time of indexing it.");
        var workload = new WorkloadOptions(command);
        command.SetWork((parsed, cancellation) =>
        {
            using var benchmark = new UpgradeBenchmark([.. workload.CreateWorkload(parsed).Documents()]);
            benchmark.Run(cancellation);
        });
        return command;
    }
}
