namespace LuceneLsr.Inspection;

/// <summary>A term of a document: its impact in the index, and what encoding the document's text gives now.</summary>
/// <param name="Term">The term.</param>
/// <param name="Impact">The impact in the index, or 0 if the document does not have the term there.</param>
/// <param name="Encoded">The term of the vector of the text, or null if the vector does not have it.</param>
public sealed record StoredTerm(string Term, int Impact, InspectedTerm? Encoded)
{
    /// <summary>Compares the impacts of a document with the terms of its text.</summary>
    /// <param name="stored">The impacts in the index.</param>
    /// <param name="encoded">The terms of the text; empty if the text is unknown.</param>
    /// <returns>All terms of either, the largest impact of the two first.</returns>
    public static IReadOnlyList<StoredTerm> Compare(
        IEnumerable<TermImpact> stored, IEnumerable<InspectedTerm> encoded)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(encoded);
        var now = encoded.ToDictionary(term => term.Source.Term, StringComparer.Ordinal);
        var impacts = stored.ToDictionary(term => term.Term, term => term.Impact, StringComparer.Ordinal);
        return [.. impacts.Keys.Union(now.Keys, StringComparer.Ordinal)
            .Select(term => new StoredTerm(term, impacts.GetValueOrDefault(term), now.GetValueOrDefault(term)))
            .OrderByDescending(term => Math.Max(term.Impact, term.Encoded?.Impact ?? 0))
            .ThenByDescending(term => term.Encoded?.Source.Weight ?? 0)
            .ThenBy(term => term.Term, StringComparer.Ordinal)];
    }
}
