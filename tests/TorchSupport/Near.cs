namespace LuceneLsr.TorchTestSupport;

/// <summary>Compares single-precision results.</summary>
internal static class Near
{
    private const double RelativeTolerance = 1e-4;

    /// <summary>
    /// Asserts that each |actual - expected| is within 1e-4 of the larger of |expected| and the root mean square of all
    /// expected values. A value near zero is the difference of larger ones and carries their rounding.
    /// </summary>
    public static void Equal(IReadOnlyList<double> expected, IReadOnlyList<float> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        var scale = Math.Sqrt(expected.Average(value => value * value));
        for (var index = 0; index < expected.Count; index++)
        {
            var tolerance = RelativeTolerance * Math.Max(Math.Abs(expected[index]), scale);
            Assert.True(Math.Abs(actual[index] - expected[index]) <= tolerance,
                $"Value {index} is {actual[index]}, not {expected[index]} (tolerance {tolerance}).");
        }
    }

    /// <summary>Asserts the same relative tolerance for two single-precision results.</summary>
    public static void Equal(IEnumerable<float> expected, IReadOnlyList<float> actual) =>
        Equal([.. expected.Select(value => (double)value)], actual);

    /// <summary>Asserts that no value differs by more than a distance.</summary>
    public static void Equal(IReadOnlyList<float> expected, IReadOnlyList<float> actual, double distance)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.InRange(expected.Zip(actual, (first, second) => Math.Abs((double)first - second)).Max(), 0, distance);
    }

    /// <summary>
    /// Asserts that the names are the same and that no value differs by more than a share of the largest of all.
    /// </summary>
    public static void Equal(
        Dictionary<string, float[]> expected, Dictionary<string, float[]> actual, double tolerance = 1e-5)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        var scale = expected.Values.SelectMany(values => values).Max(Math.Abs);
        Assert.All(expected, pair => Equal(pair.Value, actual[pair.Key], tolerance * scale));
    }
}
