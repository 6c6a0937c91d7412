namespace LuceneLsr.Tools.Cluster.Options;

/// <summary>Where silos find each other.</summary>
internal enum Clustering
{
    /// <summary>In the memory of the first silo, on this machine.</summary>
    Localhost,

    /// <summary>In a Redis server.</summary>
    Redis,

    /// <summary>In a PostgreSQL database with the tables of Orleans.</summary>
    Postgres,
}
