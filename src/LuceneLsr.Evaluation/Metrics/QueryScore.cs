namespace LuceneLsr.Evaluation.Metrics;

/// <summary>The value of a metric for one query.</summary>
/// <param name="QueryId">The id of the query.</param>
/// <param name="Score">The value, from 0 to 1.</param>
public readonly record struct QueryScore(string QueryId, double Score);
