namespace LuceneLsr.Training.Tests.Support;

/// <summary>Compares single-precision results.</summary>
internal static class Near
{
    /// <summary>
    /// Asserts the same names, and values that differ by at most a share of the largest value: sums may be added in
    /// another order.
    /// </summary>
    public static void Equal(
        Dictionary<string, float[]> expected, Dictionary<string, float[]> actual, double tolerance = 1e-5)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        var scale = expected.Values.SelectMany(values => values).Max(Math.Abs);
        Assert.All(expected, pair => Equal(pair.Value, actual[pair.Key], tolerance * scale));
    }

    /// <summary>Asserts that values differ by at most a distance.</summary>
    public static void Equal(IReadOnlyList<float> expected, IReadOnlyList<float> actual, double distance)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.InRange(expected.Zip(actual, (first, second) => Math.Abs((double)first - second)).Max(), 0, distance);
    }
}
