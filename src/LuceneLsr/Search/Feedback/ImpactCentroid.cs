namespace LuceneLsr.Search.Feedback;

/// <summary>Arithmetic on impact vectors as points of a vector space.</summary>
internal static class ImpactCentroid
{
    /// <summary>Computes the mean of the vectors that have a term, each scaled to length 1.</summary>
    public static Dictionary<string, double> ComputeMean(IEnumerable<SparseVector> vectors)
    {
        var nonEmpty = vectors.Where(vector => vector.Count > 0).ToList();
        var mean = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var vector in nonEmpty)
        {
            var length = ComputeLength(vector.Entries.Select(entry => (double)entry.Weight));
            foreach (var (term, weight) in vector.Entries)
            {
                mean[term] = mean.GetValueOrDefault(term) + (weight / length / nonEmpty.Count);
            }
        }

        return mean;
    }

    /// <summary>Computes the Euclidean length of a vector.</summary>
    public static double ComputeLength(IEnumerable<double> weights) => Math.Sqrt(weights.Sum(weight => weight * weight));

    /// <summary>Scales weights and rounds them to impacts. Terms with impact 0 are dropped.</summary>
    public static IEnumerable<TermImpact> Quantize(IEnumerable<KeyValuePair<string, double>> weights, double factor) =>
        weights
            .Select(entry => new TermImpact(entry.Key, (int)Math.Min(
                ImpactScale.MaxImpactLimit, Math.Round(entry.Value * factor, MidpointRounding.AwayFromZero))))
            .Where(term => term.Impact > 0);
}
