using LuceneLsr.Evaluation.Collections;

namespace LuceneLsr.Evaluation.Comparisons;

/// <summary>A query that was searched in both versions of a field.</summary>
/// <param name="Query">The query.</param>
/// <param name="Current">The ranking of the current version.</param>
/// <param name="Candidate">The ranking of the candidate.</param>
public sealed record QueryComparison(BeirQuery Query, VersionRanking Current, VersionRanking Candidate)
{
    /// <summary>
    /// Gets the number of documents that both rankings have, divided by the length of the longer one: from 0 to 1, and
    /// 1 if both are empty.
    /// </summary>
    public double Overlap
    {
        get
        {
            var longer = Math.Max(Current.Hits.Count, Candidate.Hits.Count);
            return longer == 0 ? 1 : (double)Current.Hits.Select(hit => hit.DocumentId)
                .Intersect(Candidate.Hits.Select(hit => hit.DocumentId), StringComparer.Ordinal).Count() / longer;
        }
    }

    /// <summary>Gets whether the rankings differ in a document or in the order of documents.</summary>
    public bool IsChanged => !Current.Hits.Select(hit => hit.DocumentId)
        .SequenceEqual(Candidate.Hits.Select(hit => hit.DocumentId), StringComparer.Ordinal);

    /// <summary>
    /// Gets the gain in nDCG, negative if the candidate hurts the query, and 0 if only rounding differs; null if it is
    /// not judged.
    /// </summary>
    public double? NdcgGain => (Current.Ndcg, Candidate.Ndcg) is ({ } current, { } candidate)
        ? new QueryScores(Query.Id, current, candidate).Gain
        : null;
}
