using LuceneLsr.Tools.Cluster.Simulations;

namespace LuceneLsr.Tools.Cluster.Tests.Simulations;

public sealed class ClusterSimulationTests
{
    private const int Queries = 40_000;

    // Searches of exactly 10 ms on one core, without any other cost.
    private static readonly SimulatedCluster OneCore = new()
    {
        Documents = 1_000_000,
        Shards = 1,
        Replicas = 1,
        Cores = 1,
        Load = 0.5,
        Costs = new QueryCosts(
            PostingNanoseconds: 1, PostingsPerDocument: 10, SearchMicroseconds: 0, CallMicroseconds: 0,
            ClientMicroseconds: 0, NetworkMicroseconds: 0, Spread: 0),
        SlowShare = 0,
        SlowFactor = 1,
        HedgeFactor = null,
    };

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(0.8)]
    public void Mean_latency_of_one_core_follows_the_formula_of_Pollaczek_and_Khinchine(double load)
    {
        // M/D/1: the mean wait is load x service / (2 x (1 - load)).
        var result = Run(OneCore with { Load = load }, queries: 400_000);
        Assert.Equal(10 + (load * 10 / (2 * (1 - load))), result.Mean, tolerance: 0.8);
        Assert.Equal(load, result.Busy, tolerance: 0.02);
    }

    [Fact]
    public void Cores_of_a_machine_share_one_queue()
    {
        // Cosmetatos, "Approximate explicit formulae for the average queueing time in the processes (M/D/r) and
        // (D/M/r)", INFOR 1975, for two cores; the first factor is the wait of M/M/2 in services.
        const double load = 0.8;
        var exponential = load * load / (1 - (load * load));
        var wait = exponential / 2 * (1 + ((1 - load) * (Math.Sqrt(4 + (5 * 2)) - 2) / (16 * load * 2)));
        var result = Run(OneCore with { Cores = 2, Load = load }, queries: 400_000);
        Assert.Equal(10 * (1 + wait), result.Mean, tolerance: 0.6);
    }

    [Fact]
    public void Slow_searches_hit_most_queries_of_100_shards()
    {
        // 1 - 0.99^100 = 63 % of the queries (Dean and Barroso, "The Tail at Scale").
        var cluster = OneCore with
        {
            Documents = 100_000_000, Shards = 100, Cores = 100, Load = 0.0005, SlowShare = 0.01, SlowFactor = 10,
        };
        var result = Run(cluster, queries: 4_000);
        Assert.Equal(10 + (90 * (1 - Math.Pow(0.99, 100))), result.Mean, tolerance: 3);
    }

    [Fact]
    public void Hedged_call_replaces_a_slow_one()
    {
        // A slow search of 100 ms is replaced after 20 ms by one of 10 ms, unless that is slow, too (1 of 100).
        var cluster = OneCore with
        {
            Replicas = 2, Load = 0.0005, SlowShare = 0.1, SlowFactor = 10, HedgeFactor = 2,
        };
        var result = Run(cluster);
        Assert.Equal((0.9 * 10) + (0.09 * 30) + (0.01 * 100), result.Mean, tolerance: 0.3);
    }

    [Fact]
    public void Search_takes_two_messages_and_the_client_merges_the_answers_one_after_the_other()
    {
        var costs = OneCore.Costs with { NetworkMicroseconds = 1_000, ClientMicroseconds = 500 };
        var cluster = OneCore with { Costs = costs, Shards = 4, Cores = 4, Load = 0.0001 };
        // Answers arrive after 1 + 2.5 + 1 ms at four cores of a client at the same time.
        Assert.Equal(1 + 2.5 + 1 + 0.5, Run(cluster, queries: 200).Median, precision: 6);
    }

    [Fact]
    public void Average_query_does_not_depend_on_the_spread()
    {
        var cluster = OneCore with { Costs = OneCore.Costs with { Spread = 0.5 }, Load = 0.0005 };
        Assert.Equal(10, Run(cluster).Mean, tolerance: 0.2);
    }

    [Fact]
    public void Capacity_is_that_of_all_cores()
    {
        // 2 replicas x 4 machines x 32 cores / (100 shards x 14.1 ms)
        var cluster = OneCore with { Documents = 141_000_000, Shards = 100, Replicas = 2, Cores = 32 };
        Assert.Equal(2 * 4 * 32 / 1.41, cluster.Capacity, tolerance: 1e-6);
        Assert.Equal(4, cluster.MachinesPerReplica);
    }

    private static SimulationResult Run(SimulatedCluster cluster, int queries = Queries) =>
        ClusterSimulation.Run(cluster, queries, seed: 7, TestContext.Current.CancellationToken);
}
