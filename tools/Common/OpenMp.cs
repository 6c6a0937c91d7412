using System.Runtime.InteropServices;

namespace LuceneLsr.Tools.Common;

/// <summary>The threads of libtorch's OpenMP library.</summary>
public static class OpenMp
{
    /// <summary>
    /// Lets them sleep while they wait for work. By default they spin, and where another program is at work too, they keep
    /// the processor from each other: beside one busy process, a query on two cores took twice as long. It has no
    /// effect once libtorch is loaded, nor where the user has set a policy.
    /// </summary>
    public static void LetWaitingThreadsSleep()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetVariable("OMP_WAIT_POLICY", "passive", overwrite: 0);
        }
    }

    // .NET's own environment is not libc's.
    [DllImport("libc", EntryPoint = "setenv", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetVariable(
        [MarshalAs(UnmanagedType.LPStr)] string name, [MarshalAs(UnmanagedType.LPStr)] string value, int overwrite);
}
