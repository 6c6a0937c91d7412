using System.Runtime.InteropServices;

namespace LuceneLsr.Torch;

/// <summary>Settings of libtorch's OpenMP library.</summary>
public static class OpenMp
{
    /// <summary>
    /// Lets idle OpenMP threads sleep (<c>OMP_WAIT_POLICY=passive</c>). By default they spin and take the processor
    /// from other work: next to one busy process, a query on two cores took twice as long. Call it before libtorch is
    /// loaded; later calls have no effect. A policy that is already set is kept. Does nothing except on Linux.
    /// </summary>
    public static void UsePassiveWaiting()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetVariable("OMP_WAIT_POLICY", "passive", overwrite: 0);
        }
    }

    // .NET's environment is a copy that libc does not see.
    [DllImport("libc", EntryPoint = "setenv", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetVariable(
        [MarshalAs(UnmanagedType.LPStr)] string name, [MarshalAs(UnmanagedType.LPStr)] string value, int overwrite);
}
