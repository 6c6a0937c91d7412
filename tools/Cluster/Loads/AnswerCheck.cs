using LuceneLsr.Orleans;

namespace LuceneLsr.Tools.Cluster.Loads;

/// <summary>
/// Checks an answer that was given while documents were written. A document that was there before and after the search
/// must be where its score puts it; one that was absent before and after must not be there; others may be.
/// </summary>
/// <param name="documents">The documents.</param>
internal sealed class AnswerCheck(NumberedDocuments documents)
{
    /// <summary>Returns what is wrong, or null.</summary>
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
