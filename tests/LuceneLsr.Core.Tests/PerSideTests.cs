using System.Diagnostics;

namespace LuceneLsr.Core.Tests;

public class PerSideTests
{
    [Fact]
    public void Indexer_returns_value_of_side()
    {
        var perSide = new PerSide<string>("q", "d");
        Assert.Equal(("q", "d"), (perSide[TextSide.Query], perSide[TextSide.Document]));
    }

    [Fact]
    public void Indexer_with_undefined_side_throws() =>
        Assert.Throws<UnreachableException>(() => PerSide.Both(1)[(TextSide)2]);
}
