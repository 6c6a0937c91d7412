namespace LuceneLsr.Evaluation.Drift;

/// <summary>How far the rankings of a format are from those of the reference.</summary>
/// <param name="Name">The name of the format.</param>
/// <param name="Queries">All queries, at least one.</param>
public sealed record RankDrift(string Name, IReadOnlyList<QueryDrift> Queries)
{
    /// <summary>Gets the mean of <see cref="QueryDrift.Overlap"/>.</summary>
    public double MeanOverlap => Queries.Average(query => query.Overlap);

    /// <summary>Gets the share of queries whose top documents have the same order.</summary>
    public double SameTop => Queries.Average(query => query.HasSameTop ? 1.0 : 0);

    /// <summary>Gets the mean of <see cref="QueryDrift.Tau"/>; null if no query has one.</summary>
    public double? MeanTau => Queries.Average(query => query.Tau);

    /// <summary>Gets the largest <see cref="QueryDrift.MaxScoreError"/>.</summary>
    public double MaxScoreError => Queries.Max(query => query.MaxScoreError);

    /// <summary>Gets the mean of <see cref="QueryDrift.NdcgDifference"/>; null if no query is judged.</summary>
    public double? NdcgDifference => Queries.Average(query => query.NdcgDifference);
}
