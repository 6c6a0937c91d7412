namespace LuceneLsr.Evaluation.Drift;

/// <summary>How far one ranking is from that of the reference.</summary>
/// <param name="QueryId">The id of the query.</param>
/// <param name="Overlap">
/// The share of the reference's top documents that the ranking has at any of its top ranks; 1 if there are none.
/// </param>
/// <param name="HasSameTop">Whether both have the same top documents in the same order.</param>
/// <param name="Tau">
/// Kendall's tau-b of both scores of the reference's top 100 documents; null if fewer than two can be ordered.
/// </param>
/// <param name="MaxScoreError">The largest relative error of a score among the reference's top 100 documents.</param>
/// <param name="NdcgDifference">nDCG@k minus that of the reference; null if the query is not judged.</param>
public sealed record QueryDrift(
    string QueryId, double Overlap, bool HasSameTop, double? Tau, double MaxScoreError, double? NdcgDifference);
