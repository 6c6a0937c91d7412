using System.Diagnostics;
using System.Reflection;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Tools.Tests.Support;

/// <summary>One of the programs, run as a user runs it.</summary>
internal sealed class Tool(string name)
{
    private readonly string _program = typeof(Tool).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == name).Value!;

    public static Tool Search { get; } = new("lsr-search");

    public static Tool Train { get; } = new("lsr-train");

    public static Tool Claims { get; } = new("lsr-claims");

    public static Tool Benchmarks { get; } = new("lsr-bench");

    /// <summary>Where the program puts its temporary files; the system's place by default.</summary>
    public string TemporaryFolder { get; init; } = Path.GetTempPath();

    /// <summary>Runs the program to its end.</summary>
    public async Task<ToolResult> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await ResultAsync(process);
    }

    /// <summary>Runs the program until something is true, and kills it then, with no chance to clear up.</summary>
    public Task<ToolResult> KillAsync(Func<bool> isTime, params string[] arguments) =>
        StopAsync(isTime, process => process.Kill(), arguments);

    /// <summary>Runs the program until something is true, and asks it to end then.</summary>
    public Task<ToolResult> TerminateAsync(Func<bool> isTime, params string[] arguments) =>
        StopAsync(isTime, process => Process.Start("kill", ["-TERM", $"{process.Id}"]).WaitForExit(), arguments);

    private async Task<ToolResult> StopAsync(Func<bool> isTime, Action<Process> stop, string[] arguments)
    {
        using var process = Start(arguments);
        while (!isTime() && !process.HasExited)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        stop(process);
        return await ResultAsync(process);
    }

    private Process Start(string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [_program, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["OMP_NUM_THREADS"] = "1", ["TMPDIR"] = TemporaryFolder }, // one is enough for such models
    })!;

    private static async Task<ToolResult> ResultAsync(Process process)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return new ToolResult(process.ExitCode, await output, await error);
    }
}
