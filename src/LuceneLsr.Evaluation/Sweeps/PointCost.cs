namespace LuceneLsr.Evaluation.Sweeps;

/// <summary>What the queries of a point cost, without encoding.</summary>
/// <param name="MeanMilliseconds">The mean over the queries of a query's median time.</param>
/// <param name="Percentile99Milliseconds">The 99th percentile of the queries' median times.</param>
/// <param name="PostingsPerQuery">The mean number of postings that impact queries score.</param>
public sealed record PointCost(double MeanMilliseconds, double Percentile99Milliseconds, double PostingsPerQuery);
