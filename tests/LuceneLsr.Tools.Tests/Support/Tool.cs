using System.Diagnostics;
using System.Reflection;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Tools.Tests.Support;

/// <summary>Runs one of the programs in a process of its own.</summary>
internal sealed class Tool(string name)
{
    public static Tool Search { get; } = new("lsr-search");

    public static Tool Train { get; } = new("lsr-train");

    public static Tool Claims { get; } = new("lsr-claims");

    public static Tool Soak { get; } = new("lsr-soak");

    public static Tool Benchmarks { get; } = new("lsr-bench");

    public static Tool Cluster { get; } = new("lsr-cluster");

    /// <summary>Gets the path of the program.</summary>
    public string Program { get; } = typeof(Tool).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == name).Value!;

    /// <summary>Gets the folder for temporary files of the program; the system's by default.</summary>
    public string TemporaryFolder { get; init; } = Path.GetTempPath();

    /// <summary>Runs the program until it ends.</summary>
    public async Task<ToolResult> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await ResultAsync(process);
    }

    /// <summary>Runs the program until a condition holds, then kills it, so that it cannot clean up.</summary>
    public Task<ToolResult> KillAsync(Func<bool> condition, params string[] arguments) =>
        StopAsync([], condition, process => process.Kill(), arguments);

    /// <summary>
    /// Runs the program until a condition holds, then kills it. Its standard input has the given lines and does not
    /// end, so a program that reads it cannot finish before.
    /// </summary>
    public Task<ToolResult> KillAsync(
        IEnumerable<string> input, Func<bool> condition, params string[] arguments) =>
        StopAsync(input, condition, process => process.Kill(), arguments);

    /// <summary>Runs the program until a condition holds, then sends it a signal, such as "TERM".</summary>
    public Task<ToolResult> SignalAsync(string signal, Func<bool> condition, params string[] arguments) => StopAsync(
        [], condition, process => Signal(process, signal), arguments);

    /// <summary>Sends a signal to a process.</summary>
    public static void Signal(Process process, string signal) =>
        Process.Start("kill", [$"-{signal}", $"{process.Id}"]).WaitForExit();

    /// <summary>Starts the program with redirected streams.</summary>
    public Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [Program, .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["OMP_NUM_THREADS"] = "1", ["TMPDIR"] = TemporaryFolder }, // enough for small models
    })!;

    /// <summary>Returns whether this process, and so its children, ignore a signal (Linux).</summary>
    public static bool IsIgnored(int signal)
    {
        const string Field = "SigIgn:";
        var mask = File.ReadLines("/proc/self/status").Single(line => line.StartsWith(Field, StringComparison.Ordinal));
        return ((Convert.ToUInt64(mask[Field.Length..].Trim(), 16) >> (signal - 1)) & 1) == 1;
    }

    private async Task<ToolResult> StopAsync(
        IEnumerable<string> input, Func<bool> condition, Action<Process> stop, string[] arguments)
    {
        using var process = Start(arguments);
        await process.StandardInput.WriteAsync(string.Concat(input.Select(line => line + "\n")));
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        while (!condition() && !process.HasExited)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        stop(process);
        return await ResultAsync(process);
    }

    private static async Task<ToolResult> ResultAsync(Process process)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return new ToolResult(process.ExitCode, await output, await error);
    }
}
