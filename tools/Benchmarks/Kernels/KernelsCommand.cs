using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace LuceneLsr.Tools.Benchmarks.Kernels;

/// <summary>The command <c>kernels</c>: times the inner loops with BenchmarkDotNet.</summary>
internal static class KernelsCommand
{
    public static Command Create()
    {
        var command = new Command(
            "kernels", "Time the inner loops of query evaluation, each against the code that it replaces.");
        command.SetAction(_ => Run());
        return command;
    }

    private static void Run()
    {
        var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(5).WithIterationCount(10);
        BenchmarkRunner.Run(
            [typeof(DenseRowKernels), typeof(PackedBlockKernels), typeof(SelectionKernels)],
            DefaultConfig.Instance.AddJob(job)
                .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "lsr-bench-kernels")));
    }
}
