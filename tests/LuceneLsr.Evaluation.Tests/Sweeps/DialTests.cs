using LuceneLsr.Evaluation.Sweeps;

namespace LuceneLsr.Evaluation.Tests.Sweeps;

public sealed class DialTests
{
    [Fact]
    public void Point_is_named_by_the_dials_that_differ_from_the_default()
    {
        var point = Dial.Find("document-min-mass").Set(Dial.Find("query-terms").Set(new(), "8"), "0.90");
        Assert.Equal("document-min-mass 0.9, query-terms 8", point.Name);
        Assert.Equal((8, 0.9f), (point.QueryPruning.MaxTerms, point.DocumentPruning.MinMass));
        Assert.Equal("default", new SweepPoint().Name);
    }

    [Fact]
    public void Set_default_value_or_none_keeps_the_name()
    {
        Assert.All(Dial.All, dial => Assert.Null(dial.GetValue(dial.Set(new(), "none"))));
        Assert.Equal("default", Dial.Find("feedback-terms").Set(new(), "20").Name);
        Assert.Equal("default", Dial.Find("query-encoder").Set(new(), "MODEL").Name);
    }

    [Fact]
    public void Value_is_set_and_returned_by_every_dial()
    {
        string[] values =
            ["int8", "idf", "4", "0.5", "compact", "3", "0.5", "0.5", "0.5", "3", "0.5", "0.5", "0.5", "2", "0.5", "7",
             "0.5", "3", "4", "0.25"];
        Assert.Equal(values, Dial.All.Zip(values, (dial, value) => dial.GetValue(dial.Set(new(), $" {value} "))));
    }

    [Theory]
    [InlineData("query-terms", "0", "query-terms must be at least 1 or none, not '0'.")]
    [InlineData("query-terms", "8.5", "not '8.5'")]
    [InlineData("query-terms", "", "not ''")]
    [InlineData("query-min-weight", "NaN", "query-min-weight must be at least 0 or none, not 'NaN'.")]
    [InlineData("query-min-weight", "Infinity", "not 'Infinity'")]
    [InlineData("document-min-mass", "0", "above 0 and up to 1")]
    [InlineData("impact-bits", "17", "from 1 to 16")]
    [InlineData("codec", "1", "one of default, impact, compact")]
    [InlineData("feedback-documents", "99999999999", "at least 0")]
    public void Value_that_is_not_valid_is_rejected_with_the_valid_ones(string dial, string value, string expected) =>
        Assert.Contains(
            expected, Assert.Throws<ArgumentException>(() => Dial.Find(dial).Set(new(), value)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Unknown_dial_is_rejected_with_the_known_ones() => Assert.StartsWith(
        "There is no dial 'terms'. The dials are model-precision, query-encoder",
        Assert.Throws<ArgumentException>(() => Dial.Find("terms")).Message);
}
