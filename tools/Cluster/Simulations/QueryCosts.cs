namespace LuceneLsr.Tools.Cluster.Simulations;

/// <summary>What a query costs, as measured by <c>lsr-bench costs</c> and <c>lsr-cluster bench</c>.</summary>
/// <param name="PostingNanoseconds">Of a silo's core, for each posting.</param>
/// <param name="PostingsPerDocument">Postings that a query scores, per document of the index.</param>
/// <param name="SearchMicroseconds">Of a silo's core, for each shard, besides the postings.</param>
/// <param name="CallMicroseconds">Of a silo's core, for each shard, to receive a call and to send its answer.</param>
/// <param name="ClientMicroseconds">Of a client's core, for each shard, to send a call and to merge its answer.</param>
/// <param name="NetworkMicroseconds">From client to silo, and back again.</param>
/// <param name="Spread">
/// The standard deviation of the natural logarithm of the time of a search, from query to query.
/// </param>
internal sealed record QueryCosts(
    double PostingNanoseconds, double PostingsPerDocument, double SearchMicroseconds, double CallMicroseconds,
    double ClientMicroseconds, double NetworkMicroseconds, double Spread)
{
    /// <summary>Returns the seconds of a silo's core for an average query of a shard.</summary>
    /// <param name="documents">The number of documents of the shard.</param>
    public double GetShardSeconds(double documents) =>
        (documents * PostingsPerDocument * PostingNanoseconds * 1e-9)
        + ((SearchMicroseconds + CallMicroseconds) * 1e-6);

    /// <summary>Gets the seconds of a client's core for each shard.</summary>
    public double ClientSeconds => ClientMicroseconds * 1e-6;

    /// <summary>Gets the seconds of a message.</summary>
    public double NetworkSeconds => NetworkMicroseconds * 1e-6;
}
