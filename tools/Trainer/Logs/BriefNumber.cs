using System.Globalization;

namespace LuceneLsr.Tools.Trainer.Logs;

/// <summary>Formats numbers in few characters for tables and plots.</summary>
internal static class BriefNumber
{
    public static string Format(double value) => Math.Abs(value) switch
    {
        0 => "0",
        < 0.0001 or >= 1e6 => value.ToString("0.##e0", CultureInfo.InvariantCulture),
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        _ => value.ToString("G4", CultureInfo.InvariantCulture),
    };
}
