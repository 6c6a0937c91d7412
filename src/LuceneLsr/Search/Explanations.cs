using Lucene.Net.Search;

namespace LuceneLsr.Search;

/// <summary>Creates explanations of scores.</summary>
internal static class Explanations
{
    /// <summary>Explains a score as a sum, or no match if there is nothing to add up.</summary>
    /// <param name="parts">The explanations of what is added up.</param>
    /// <param name="noMatch">The description if there are none.</param>
    /// <param name="notes">Explanations of what adds nothing.</param>
    public static Explanation Sum(
        IReadOnlyCollection<Explanation> parts, string noMatch, IEnumerable<Explanation>? notes = null)
    {
        var sum = parts.Count == 0
            ? new ComplexExplanation(match: false, 0, noMatch)
            : new ComplexExplanation(match: true, (float)parts.Sum(part => (double)part.Value), "sum of:");
        foreach (var part in parts.Concat(notes ?? []))
        {
            sum.AddDetail(part);
        }

        return sum;
    }
}
