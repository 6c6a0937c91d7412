using ScottPlot;

namespace LuceneLsr.Tools.Plots;

/// <summary>Ticks at round numbers on an axis of decimal logarithms.</summary>
public static class LogarithmicTicks
{
    /// <summary>Creates the ticks between two logarithms; a wider range has fewer ticks per power of ten.</summary>
    /// <param name="bottom">The lower logarithm.</param>
    /// <param name="top">The upper logarithm.</param>
    /// <param name="format">Formats the numbers.</param>
    public static Tick[] Create(double bottom, double top, Func<double, string> format)
    {
        int[] mantissas = (top - bottom) switch
        {
            > 3 => [1],
            > 1.5 => [1, 3],
            > 0.6 => [1, 2, 5],
            _ => [1, 2, 3, 4, 5, 6, 8],
        };
        var first = (int)Math.Floor(bottom);
        return
        [
            .. from power in Enumerable.Range(first, (int)Math.Ceiling(top) - first + 1)
               from mantissa in mantissas
               let position = power + Math.Log10(mantissa)
               where position >= bottom && position <= top
               select Tick.Major(position, format(mantissa * Math.Pow(10, power))),
        ];
    }
}
