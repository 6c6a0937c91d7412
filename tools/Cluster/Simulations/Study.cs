namespace LuceneLsr.Tools.Cluster.Simulations;

/// <summary>What is varied.</summary>
internal enum Study
{
    /// <summary>The number of documents, with shards of a fixed size.</summary>
    Documents,

    /// <summary>The number of shards.</summary>
    Shards,

    /// <summary>The rate of queries, with 1, 2 and 3 replicas.</summary>
    Throughput,

    /// <summary>The share of slow searches, with and without hedged calls.</summary>
    Stragglers,
}
