namespace LuceneLsr.Inspection;

/// <summary>A term of a query, and what it contributes to the score of a document.</summary>
/// <param name="QueryImpact">The impact in the query.</param>
/// <param name="DocumentImpact">The impact in the document, or 0 if the document does not have the term.</param>
/// <param name="Query">The source of the term in the query.</param>
/// <param name="Document">The source of the term in the document, or null if unknown.</param>
public sealed record MatchedTerm(int QueryImpact, int DocumentImpact, TermSource Query, TermSource? Document)
{
    /// <summary>Gets the term's part of the score: the product of both impacts.</summary>
    public long Score => (long)QueryImpact * DocumentImpact;

    /// <summary>Compares a query with a document.</summary>
    /// <param name="query">The terms of the query.</param>
    /// <param name="document">The impacts of the document in the index.</param>
    /// <param name="sources">The sources of the terms of the document's text; empty if it is unknown.</param>
    /// <returns>
    /// The terms of the query by descending part of the score, and then those that the document lacks by descending
    /// impact.
    /// </returns>
    public static IReadOnlyList<MatchedTerm> Compare(
        IEnumerable<InspectedTerm> query, IEnumerable<TermImpact> document, IEnumerable<TermSource> sources)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(sources);
        var impacts = document.ToDictionary(term => term.Term, term => term.Impact, StringComparer.Ordinal);
        var sourceOf = sources.ToDictionary(source => source.Term, StringComparer.Ordinal);
        return [.. query.Where(term => term.Impact > 0)
            .Select(term => new MatchedTerm(
                term.Impact, impacts.GetValueOrDefault(term.Source.Term), term.Source,
                sourceOf.GetValueOrDefault(term.Source.Term)))
            .OrderByDescending(term => term.Score).ThenByDescending(term => term.QueryImpact)];
    }
}
