using MathNet.Numerics.Distributions;

namespace LuceneLsr.Tools.Cluster.Simulations;

/// <summary>
/// Simulates queries on a cluster: they arrive as a Poisson process, are sent to one replica of each shard, and are
/// answered when the client has merged the answers of all shards. Like <see cref="Orleans.LsrCluster"/>, the client
/// takes turns between replicas, hedges calls, and cancels what lost.
/// </summary>
/// <remarks>
/// Dean and Barroso, "The Tail at Scale", Communications of the ACM 2013, describe stragglers and hedged requests.
/// Slow are single calls, not machines, and independently of each other.
/// </remarks>
internal sealed class ClusterSimulation
{
    private const double WarmUp = 0.1; // share of the queries that are not counted

    private readonly SimulatedCluster _cluster;
    private readonly CancellationToken _cancellationToken;
    private readonly Random _random;
    private readonly EventQueue _events = new();
    private readonly SimulatedMachine[] _silos;
    private readonly SimulatedMachine[] _clients;

    private ClusterSimulation(SimulatedCluster cluster, int seed, CancellationToken cancellationToken)
    {
        _cluster = cluster;
        _cancellationToken = cancellationToken;
        _random = new Random(seed);
        _silos = CreateMachines(cluster.Replicas * cluster.MachinesPerReplica);
        _clients = CreateMachines(Math.Max(1, cluster.Clients));
    }

    /// <summary>Runs a simulation.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="queries">The number of queries.</param>
    /// <param name="seed">The seed of the random numbers.</param>
    /// <param name="cancellationToken">Cancels the simulation.</param>
    public static SimulationResult Run(
        SimulatedCluster cluster, int queries, int seed, CancellationToken cancellationToken) =>
        new ClusterSimulation(cluster, seed, cancellationToken).Run(queries);

    private SimulationResult Run(int queries)
    {
        var latencies = new double[queries];
        var arrival = 0.0;
        for (var number = 0; number < queries; number++)
        {
            arrival += Exponential.Sample(_random, _cluster.Rate);
            var query = number;
            _events.Schedule(arrival, () => Search(query, seconds => latencies[query] = seconds));
        }

        _events.Run(_cancellationToken);
        var busy = _silos.Sum(silo => silo.BusySeconds) / (_silos.Length * _cluster.Cores * arrival);
        return SimulationResult.Create(latencies[(int)(WarmUp * queries)..], busy);
    }

    private void Search(int query, Action<double> onAnswer)
    {
        var start = _events.Now;
        var missing = _cluster.Shards;
        var factor = SampleFactor();
        for (var shard = 0; shard < _cluster.Shards; shard++)
        {
            var call = new ShardCall(
                shard, FirstReplica: query % _cluster.Replicas, factor * _cluster.ShardSeconds,
                OnAnswer: () => _clients[query % _clients.Length].Submit(_cluster.Costs.ClientSeconds, () =>
                {
                    if (--missing == 0)
                    {
                        onAnswer(_events.Now - start);
                    }
                }));
            Attempt(call, attempt: 0);
        }
    }

    private void Attempt(ShardCall call, int attempt)
    {
        if (call.IsAnswered || attempt == _cluster.Replicas)
        {
            return;
        }

        var silo = GetSilo(call.Shard, (call.FirstReplica + attempt) % _cluster.Replicas);
        _events.Schedule(_cluster.Costs.NetworkSeconds, () =>
        {
            if (!call.IsAnswered)
            {
                var job = silo.Submit(
                    call.Seconds * (_random.NextDouble() < _cluster.SlowShare ? _cluster.SlowFactor : 1),
                    () => _events.Schedule(_cluster.Costs.NetworkSeconds, () => Answer(call)));
                call.Jobs.Add((silo, job));
            }
        });
        if (_cluster.HedgeSeconds is { } delay)
        {
            _events.Schedule(delay, () => Attempt(call, attempt + 1));
        }
    }

    private void Answer(ShardCall call)
    {
        if (call.IsAnswered)
        {
            return;
        }

        call.IsAnswered = true;
        call.OnAnswer();
        _events.Schedule(
            _cluster.Costs.NetworkSeconds, () => call.Jobs.ForEach(attempt => attempt.Silo.Cancel(attempt.Job)));
    }

    private SimulatedMachine GetSilo(int shard, int replica) =>
        _silos[(replica * _cluster.MachinesPerReplica) + (shard % _cluster.MachinesPerReplica)];

    // Log-normal with the mean 1.
    private double SampleFactor()
    {
        var spread = _cluster.Costs.Spread;
        return LogNormal.Sample(_random, -spread * spread / 2, spread);
    }

    private SimulatedMachine[] CreateMachines(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new SimulatedMachine(_events, _cluster.Cores))];

    /// <summary>The search of one shard.</summary>
    private sealed record ShardCall(int Shard, int FirstReplica, double Seconds, Action OnAnswer)
    {
        public List<(SimulatedMachine Silo, SimulatedMachine.Job Job)> Jobs { get; } = [];

        public bool IsAnswered { get; set; }
    }
}
