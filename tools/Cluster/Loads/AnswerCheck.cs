using LuceneLsr.Orleans;

namespace LuceneLsr.Tools.Cluster.Loads;

/// <summary>
/// Checks the answer to a search during writes. A document that was present before and after the search must have the
/// rank of its score. One that was absent before and after must not be found. Others may be found.
/// </summary>
/// <param name="documents">The documents.</param>
internal sealed class AnswerCheck(NumberedDocuments documents)
{
    /// <summary>Returns the first error, or null if the answer is correct.</summary>
    public string? FindError(
        TermImpact[] query, int top, ClusterResult result, Dictionary<int, DocumentState> before,
        Dictionary<int, DocumentState> after)
    {
        var hits = result.Hits.Select(hit => (Number: NumberedDocuments.GetNumber(hit.Id), hit.Score, hit.Id)).ToList();
        foreach (var (number, score, id) in hits)
        {
            if (!MayBePresent(number, before, after))
            {
                return $"{id} was found, although it was absent or deleted";
            }

            if (documents.Score(query, number) != score)
            {
                return $"{id} has the score {score}, not {documents.Score(query, number)}";
            }
        }

        if (hits.Zip(hits.Skip(1)).Any(pair =>
            !IsBefore(pair.First.Score, pair.First.Id, pair.Second.Score, pair.Second.Id)))
        {
            return "the hits are not in order";
        }

        var found = hits.Select(hit => hit.Number).ToHashSet();
        foreach (var (number, state) in before)
        {
            if (state != DocumentState.Present || after[number] != DocumentState.Present || found.Contains(number))
            {
                continue;
            }

            var score = documents.Score(query, number);
            if (score > 0 && (hits.Count < top
                || IsBefore(score, NumberedDocuments.GetId(number), hits[^1].Score, hits[^1].Id)))
            {
                return $"{NumberedDocuments.GetId(number)} was not found, although it was acknowledged";
            }
        }

        return null;
    }

    private static bool MayBePresent(
        int number, Dictionary<int, DocumentState> before, Dictionary<int, DocumentState> after) =>
        before.GetValueOrDefault(number) != DocumentState.Deleted && after.ContainsKey(number);

    private static bool IsBefore(float score, string id, float otherScore, string otherId) =>
        score > otherScore || (score == otherScore && string.CompareOrdinal(id, otherId) < 0);
}
