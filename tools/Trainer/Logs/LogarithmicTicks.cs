using ScottPlot;
using ScottPlot.TickGenerators;

namespace LuceneLsr.Tools.Trainer.Logs;

/// <summary>Ticks at round numbers on an axis of decimal logarithms, which the plots do not have by themselves.</summary>
internal static class LogarithmicTicks
{
    /// <summary>The ticks of an axis whose limits are logarithms.</summary>
    public static ITickGenerator Of(double bottom, double top)
    {
        int[] mantissas = (top - bottom) switch
        {
            > 3 => [1],
            > 1.5 => [1, 3],
            > 0.6 => [1, 2, 5],
            _ => [1, 2, 3, 4, 5, 6, 8],
        };
        var ticks = new NumericManual();
        for (var power = (int)Math.Floor(bottom); power <= top; power++)
        {
            foreach (var mantissa in mantissas)
            {
                ticks.AddMajor(power + Math.Log10(mantissa), BriefNumber.Format(mantissa * Math.Pow(10, power)));
            }
        }

        return ticks;
    }
}
