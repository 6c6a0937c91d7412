namespace LuceneLsr.Tools.Common.Output;

/// <summary>Formats p-values. A randomization test never gives 0, so a small one is not rounded to it.</summary>
public static class PValue
{
    private const double Min = 0.0001;

    /// <summary>Formats a value with four decimals, or as "&lt;0.0001".</summary>
    public static string Format(double value) => value < Min ? $"<{Min}" : $"{value:F4}";
}
