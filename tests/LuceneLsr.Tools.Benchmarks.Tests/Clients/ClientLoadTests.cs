using System.Collections.Concurrent;
using LuceneLsr.Tools.Benchmarks.Clients;

namespace LuceneLsr.Tools.Benchmarks.Tests.Clients;

public class ClientLoadTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Run_searches_each_query_in_each_round_and_once_before(int clients)
    {
        var searched = new ConcurrentBag<string>();
        var load = ClientLoad.Run(searched.Add, ["a", "b"], clients, rounds: 4, TestContext.Current.CancellationToken);
        Assert.Equal([new("a", 5), new("b", 5)], searched.CountBy(query => query).OrderBy(count => count.Key));
        Assert.True(load.QueriesPerSecond > 0);
        Assert.True(load.Percentile99 >= load.Median);
    }

    [Fact]
    public void Run_search_that_fails_throws_its_exception() => Assert.Throws<InvalidOperationException>(
        () => ClientLoad.Run(_ => throw new InvalidOperationException(), ["a"], 2, 1, CancellationToken.None));
}
