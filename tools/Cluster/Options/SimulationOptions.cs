using System.CommandLine;
using LuceneLsr.Tools.Cluster.Simulations;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Cluster.Options;

/// <summary>The options of the simulation: costs, machines and load.</summary>
internal sealed class SimulationOptions
{
    private const long MaxDocuments = 1_000_000_000_000;

    private readonly Option<long[]> _documents = new Option<long[]>("--documents")
    {
        Description = "Numbers of documents for the sizing table.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000],
    }.Require(counts => counts!.All(IsCount), $"numbers from 1 to {MaxDocuments}");

    private readonly Option<long> _shardDocuments = new Option<long>("--shard-documents")
    {
        Description = "Number of documents of a shard.",
        DefaultValueFactory = _ => 10_000_000,
    }.Require(IsCount, $"from 1 to {MaxDocuments}");

    private readonly Option<int> _replicas = IndexOptions.CreateCount("--replicas", "Number of replicas.", 2, 10);
    private readonly Option<int> _cores = IndexOptions.CreateCount("--cores", "Cores of each machine.", 32, 1_024);
    private readonly Option<int> _queries = IndexOptions.CreateCount(
        "--queries", "Number of simulated queries for each point.", 2_000, 1_000_000);

    private readonly Option<double> _load = new Option<double>("--load")
    {
        Description = "Rate of queries, as a share of what the cores can do.",
        DefaultValueFactory = _ => 0.5,
    }.Require(load => load is > 0 and < 1, "greater than 0 and less than 1");

    private readonly Option<double> _slowShare = new Option<double>("--slow-share")
    {
        Description = "Share of searches of a shard that are slow.",
        DefaultValueFactory = _ => 0.001,
    }.Require(share => share is >= 0 and <= 1, "from 0 to 1");

    private readonly Option<double> _slowFactor = CreateCost(
        "--slow-factor", "How many times as long as others slow searches take.", 10);

    private readonly Option<double> _hedge = CreateCost(
        "--hedge-factor", "Wait before the next replica is also asked, in average searches of a shard.", 3);

    private readonly Option<double> _posting = CreateCost(
        "--posting-nanoseconds", "Time of a core for a posting ('lsr-bench costs').", 0.3);

    private readonly Option<double> _postings = CreateCost(
        "--postings-per-document", "Postings that a query scores, per document ('lsr-bench costs').", 4.8);

    private readonly Option<double> _search = CreateCost(
        "--search-microseconds", "Time of a core for a search besides the postings ('lsr-bench costs').", 100);

    private readonly Option<double> _spread = CreateCost(
        "--spread", "Standard deviation of the logarithm of a query's time ('lsr-bench costs').", 0.3);

    private readonly Option<double> _call = CreateCost(
        "--call-microseconds", "Time of a silo's core for a call and its answer ('lsr-cluster bench').", 100);

    private readonly Option<double> _client = CreateCost(
        "--client-microseconds", "Time of a client's core for a call and its answer ('lsr-cluster bench').", 100);

    private readonly Option<double> _network = CreateCost(
        "--network-microseconds", "Time of a message from client to silo, or back.", 100);

    private readonly Option<double> _bytes = CreateCost(
        "--bytes-per-document", "Size of the index per document ('lsr-bench').", 400);

    private readonly Option<string?> _output = new("--output")
    {
        Description = "New directory for simulation.csv, simulation.png and simulation.svg.",
        HelpName = "DIR",
    };

    /// <summary>Adds the options to a command.</summary>
    public SimulationOptions(Command command)
    {
        foreach (var option in new Option[]
        {
            _documents, _shardDocuments, _replicas, _cores, _load, _slowShare, _slowFactor, _hedge, _posting, _postings,
            _search, _spread, _call, _client, _network, _bytes, _queries, _output,
        })
        {
            command.Add(option);
        }
    }

    /// <summary>Gets the numbers of documents for the table.</summary>
    public long[] GetDocuments(ParseResult parsed) => parsed.GetValue(_documents)!;

    /// <summary>Gets the number of documents of a shard.</summary>
    public long GetShardDocuments(ParseResult parsed) => parsed.GetValue(_shardDocuments);

    /// <summary>Gets the number of queries of a simulation.</summary>
    public int GetQueries(ParseResult parsed) => parsed.GetValue(_queries);

    /// <summary>Gets the size of the index per document.</summary>
    public double GetBytesPerDocument(ParseResult parsed) => parsed.GetValue(_bytes);

    /// <summary>Gets the directory for the files, or null.</summary>
    public string? GetOutput(ParseResult parsed) => parsed.GetValue(_output);

    /// <summary>Creates a cluster of one shard.</summary>
    public SimulatedCluster CreateModel(ParseResult parsed)
    {
        var costs = new QueryCosts(
            parsed.GetValue(_posting), parsed.GetValue(_postings), parsed.GetValue(_search), parsed.GetValue(_call),
            parsed.GetValue(_client), parsed.GetValue(_network), parsed.GetValue(_spread));
        return new SimulatedCluster
        {
            Documents = GetShardDocuments(parsed),
            Shards = 1,
            Replicas = parsed.GetValue(_replicas),
            Cores = parsed.GetValue(_cores),
            Load = parsed.GetValue(_load),
            Costs = costs,
            SlowShare = parsed.GetValue(_slowShare),
            SlowFactor = parsed.GetValue(_slowFactor),
            HedgeFactor = parsed.GetValue(_hedge),
        };
    }

    private static bool IsCount(long count) => count is >= 1 and <= MaxDocuments;

    private static Option<double> CreateCost(string name, string description, double value) => new Option<double>(name)
    {
        Description = description,
        DefaultValueFactory = _ => value,
    }.Require(cost => cost is >= 0 and < double.PositiveInfinity, "at least 0");
}
