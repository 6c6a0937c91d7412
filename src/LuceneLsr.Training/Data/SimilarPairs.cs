using LuceneLsr.Evaluation.Rankers;

namespace LuceneLsr.Training.Data;

/// <summary>
/// Groups pairs into batches of similar texts, so that the documents of the other queries are hard negatives (as the
/// topic-aware sampling of Hofstätter et al., arXiv 2104.06967, which clusters queries before the training).
/// </summary>
internal static class SimilarPairs
{
    /// <summary>
    /// Groups pairs. The first pair that has no batch yet starts the next batch, and the pairs most similar to it join,
    /// by the cosine of the TF-IDF vectors of query and document together.
    /// </summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="size">The number of pairs in a batch.</param>
    /// <returns>
    /// The batches, all of the size; what remains at the end is left out. One smaller batch if there are fewer pairs.
    /// </returns>
    public static List<List<TrainingPair>> Group(IReadOnlyList<TrainingPair> pairs, int size)
    {
        var vectors = ComputeVectors(pairs);
        var remaining = Enumerable.Range(0, pairs.Count).ToList();
        var batches = new List<List<TrainingPair>>();
        while (remaining.Count >= size || batches.Count == 0)
        {
            var first = vectors[remaining[0]];
            var batch = remaining
                .OrderByDescending(pair => ComputeProduct(first, vectors[pair])).Take(size).ToHashSet();
            batches.Add([.. batch.Select(pair => pairs[pair])]);
            remaining.RemoveAll(batch.Contains);
        }

        return batches;
    }

    private static Dictionary<string, double>[] ComputeVectors(IReadOnlyList<TrainingPair> pairs)
    {
        var counts = pairs.Select(pair => EnglishTerms.Analyze($"{pair.Query} {pair.Document}").CountBy(term => term)
            .ToDictionary(StringComparer.Ordinal)).ToArray();
        var frequency = counts.SelectMany(terms => terms.Keys).CountBy(term => term)
            .ToDictionary(StringComparer.Ordinal);
        return [.. counts.Select(terms => Normalize(terms.ToDictionary(
            term => term.Key,
            term => (1 + Math.Log(term.Value)) * Math.Log((double)pairs.Count / frequency[term.Key]),
            StringComparer.Ordinal)))];
    }

    private static Dictionary<string, double> Normalize(Dictionary<string, double> vector)
    {
        var length = Math.Sqrt(vector.Values.Sum(value => value * value));
        return length == 0 ? [] : vector.ToDictionary(
            term => term.Key, term => term.Value / length, StringComparer.Ordinal);
    }

    private static double ComputeProduct(Dictionary<string, double> first, Dictionary<string, double> second) =>
        first.Sum(term => term.Value * second.GetValueOrDefault(term.Key));
}
