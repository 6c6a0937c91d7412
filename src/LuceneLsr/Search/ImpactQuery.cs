using System.Globalization;
using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Postings;

namespace LuceneLsr.Search;

/// <summary>
/// A learned query: matches the documents with at least one of its terms, and scores the sum over its terms of query
/// impact x document impact, whatever the searcher's similarity. Evaluated term at a time over windows of documents.
/// </summary>
/// <remarks>
/// <para>Hits and scores are those of a <see cref="BooleanQuery"/> of boosted term queries under
/// <see cref="Similarities.ImpactSimilarity"/>, several times faster and with any number of terms. (The last bit of a
/// score may differ where boosts that are no powers of two are nested, since these are multiplied in another order.) It
/// takes part in other queries, filters, sorting and <c>SearchAfter</c> as that does.</para>
/// <para>A term without postings in a segment costs one look-up there; the whole query, a window of sums.</para>
/// </remarks>
public sealed class ImpactQuery : Query
{
    private readonly TermImpact[] _terms;

    /// <summary>Creates the query.</summary>
    /// <param name="field">The field that holds the impacts.</param>
    /// <param name="terms">The query's terms, distinct, each with an impact of at least 1.</param>
    /// <param name="cache">Where fast postings are kept; null reads the index's own each time.</param>
    /// <exception cref="ArgumentException">A term is empty, stands twice or has an impact below 1.</exception>
    public ImpactQuery(string field, IEnumerable<TermImpact> terms, ImpactCache? cache = null)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(terms);
        Field = field;
        Cache = cache;
        _terms = [.. terms.OrderBy(term => term.Term, StringComparer.Ordinal)];
        Validate(_terms);
    }

    /// <summary>The field that holds the impacts.</summary>
    public string Field { get; }

    /// <summary>The terms, in ordinal order.</summary>
    public IReadOnlyList<TermImpact> Terms => _terms;

    /// <summary>Where fast postings are kept, if anywhere.</summary>
    public ImpactCache? Cache { get; }

    /// <inheritdoc/>
    public override Weight CreateWeight(IndexSearcher searcher) => new ImpactWeight(this);

    /// <inheritdoc/>
    public override void ExtractTerms(ISet<Term> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.UnionWith(_terms.Select(term => new Term(Field, term.Term)));
    }

    /// <inheritdoc/>
    public override string ToString(string? field)
    {
        var terms = string.Join(' ', _terms.Select(term => $"{term.Term}^{term.Impact}"));
        var boost = Boost == 1 ? "" : "^" + Boost.ToString(CultureInfo.InvariantCulture);
        return $"{Field}:({terms}){boost}";
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) =>
        base.Equals(obj) && obj is ImpactQuery other && Field == other.Field
        && _terms.AsSpan().SequenceEqual(other._terms);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(base.GetHashCode());
        hash.Add(Field, StringComparer.Ordinal);
        foreach (var term in _terms)
        {
            hash.Add(term);
        }

        return hash.ToHashCode();
    }

    private static void Validate(TermImpact[] terms)
    {
        for (var at = 0; at < terms.Length; at++)
        {
            if (string.IsNullOrEmpty(terms[at].Term))
            {
                throw new ArgumentException("A term is empty.", nameof(terms));
            }

            if (terms[at].Impact < 1)
            {
                throw new ArgumentException(
                    $"Term '{terms[at].Term}' has impact {terms[at].Impact}, below 1.", nameof(terms));
            }

            if (at > 0 && terms[at].Term == terms[at - 1].Term)
            {
                throw new ArgumentException($"Term '{terms[at].Term}' stands twice in the query.", nameof(terms));
            }
        }
    }
}
