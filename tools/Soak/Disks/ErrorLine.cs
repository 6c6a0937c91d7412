using LuceneLsr.Tools.Soak.Processes;

namespace LuceneLsr.Tools.Soak.Disks;

/// <summary>Checks that a program that failed says so as programs of this repository do.</summary>
internal static class ErrorLine
{
    private const int Failed = 1;

    /// <summary>Checks a process that ended with an error.</summary>
    /// <exception cref="InvalidOperationException">
    /// Its exit code is another than 1, or its error is not one line that starts with "Error: ".
    /// </exception>
    public static void Require(Victim victim)
    {
        var error = victim.Error.Trim();
        if (victim.ExitCode != Failed || error.Contains('\n') || !error.StartsWith("Error: ", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"the program ended with {victim.ExitCode}: {error}");
        }
    }
}
