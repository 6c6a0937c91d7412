using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace LuceneLsr.Onnx.Sessions;

/// <summary>Turns off the telemetry of ONNX Runtime, which is on by default in Microsoft's builds.</summary>
internal static class Telemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY"; // read when the library is loaded

    private static readonly Lazy<bool> Off = new(() =>
    {
        if (OperatingSystem.IsWindows())
        {
            Environment.SetEnvironmentVariable(Variable, Environment.GetEnvironmentVariable(Variable) ?? "1");
        }
        else
        {
            _ = SetVariable(Variable, "1", overwrite: 0);
        }

        OrtEnv.Instance().DisableTelemetryEvents();
        return true;
    });

    /// <summary>Turns it off. Call it before the first session. A variable that is already set is kept.</summary>
    public static void TurnOff() => _ = Off.Value;

    // .NET's environment is a copy that libc does not see.
    [DllImport("libc", EntryPoint = "setenv", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetVariable(
        [MarshalAs(UnmanagedType.LPStr)] string name, [MarshalAs(UnmanagedType.LPStr)] string value, int overwrite);
}
