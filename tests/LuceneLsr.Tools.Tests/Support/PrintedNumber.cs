using System.Globalization;
using System.Text.RegularExpressions;

namespace LuceneLsr.Tools.Tests.Support;

/// <summary>
/// A number as a program prints it, such as "12.3", "1,024", "1.13E+03", "1.85x" or "40 %": the interval of the values
/// that round to it. Interval arithmetic then shows whether printed numbers are consistent with one another.
/// </summary>
/// <param name="Min">The smallest value.</param>
/// <param name="Max">The largest value.</param>
internal readonly partial record struct PrintedNumber(double Min, double Max)
{
    /// <summary>Parses a cell of a table. A percentage becomes a share.</summary>
    public static PrintedNumber Parse(string cell)
    {
        var match = Pattern().Match(cell);
        Assert.True(match.Success, $"'{cell}' is not a number.");
        var number = double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
        var unit = double.Parse("1" + match.Groups["exponent"].Value, CultureInfo.InvariantCulture)
            * (match.Groups["unit"].Value.Trim() == "%" ? 0.01 : 1);
        var halfDigit = Math.Pow(10, -match.Groups["decimals"].Length) / 2;
        return new((number - halfDigit) * unit, (number + halfDigit) * unit);
    }

    public static PrintedNumber operator +(PrintedNumber left, PrintedNumber right) =>
        new(left.Min + right.Min, left.Max + right.Max);

    /// <summary>Multiplies positive numbers.</summary>
    public static PrintedNumber operator *(PrintedNumber left, PrintedNumber right) =>
        new(left.Min * right.Min, left.Max * right.Max);

    /// <summary>Divides positive numbers.</summary>
    public static PrintedNumber operator /(PrintedNumber left, PrintedNumber right) =>
        new(left.Min / right.Max, right.Min > 0 ? left.Max / right.Min : double.PositiveInfinity);

    public static implicit operator PrintedNumber(double exact) => new(exact, exact);

    /// <summary>Asserts that the number, as printed, is above zero.</summary>
    public PrintedNumber AssertPositive()
    {
        Assert.True(Min >= 0 && Max > 0, $"{this} is not positive.");
        return this;
    }

    /// <summary>Asserts that some value rounds to both numbers.</summary>
    public void AssertConsistentWith(PrintedNumber other) =>
        Assert.True(Min <= other.Max && other.Min <= Max, $"{this} and {other} are inconsistent.");

    public override string ToString() => $"[{Min}, {Max}]";

    [GeneratedRegex(@"^(?<number>-?[0-9,]+(\.(?<decimals>[0-9]+))?)(?<exponent>E[+-][0-9]+)?(?<unit>x| ?%)?$")]
    private static partial Regex Pattern();
}
