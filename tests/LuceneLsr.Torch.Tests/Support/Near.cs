namespace LuceneLsr.Torch.Tests.Support;

/// <summary>Agreement of single-precision results with a reference.</summary>
internal static class Near
{
    private const double Tolerance = 1e-4;

    /// <summary>
    /// Each |actual - expected| is within 1e-4 of the larger of |expected| and the root mean square of all expected
    /// values: a value near zero is the difference of larger ones, and carries their rounding.
    /// </summary>
    public static void Equal(IReadOnlyList<double> expected, IReadOnlyList<float> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        var scale = Math.Sqrt(expected.Average(value => value * value));
        for (var index = 0; index < expected.Count; index++)
        {
            var allowed = Tolerance * Math.Max(Math.Abs(expected[index]), scale);
            Assert.True(Math.Abs(actual[index] - expected[index]) <= allowed,
                $"Value {index} is {actual[index]}, not {expected[index]} (within {allowed}).");
        }
    }
}
