using System.Globalization;
using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Edits;
using LuceneLsr.Postings;

namespace LuceneLsr.Search;

/// <summary>
/// A learned query. It matches the documents with at least one of its terms. The score is the sum over the terms of
/// query impact x document impact, independent of the searcher's similarity.
/// </summary>
/// <remarks>
/// <para>Hits and scores equal those of a <see cref="BooleanQuery"/> of boosted term queries under
/// <see cref="Similarities.ImpactSimilarity"/>, but the query is several times faster and may have any number of terms.
/// The last bit of a score may differ if boosts that are not powers of two are nested, because they are multiplied in
/// a different order. The query can be combined with other queries, filters, sorting and <c>SearchAfter</c>.</para>
/// <para>It is evaluated exhaustively, term at a time over document ranges. A term that a segment does not have costs
/// one lookup.</para>
/// </remarks>
public sealed class ImpactQuery : Query
{
    private readonly TermImpact[] _terms;

    /// <summary>Creates the query.</summary>
    /// <param name="field">The field that holds the impacts.</param>
    /// <param name="terms">The distinct terms, each with an impact of at least 1.</param>
    /// <param name="cache">The cache of postings, or null for <see cref="ImpactCache.Default"/>.</param>
    /// <exception cref="ArgumentException">A term is empty, a duplicate, or has an impact below 1.</exception>
    public ImpactQuery(string field, IEnumerable<TermImpact> terms, ImpactCache? cache = null)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(terms);
        Field = field;
        Cache = cache;
        _terms = [.. terms.OrderBy(term => term.Term, StringComparer.Ordinal)];
        Validate(_terms);
    }

    /// <summary>Gets the field that holds the impacts.</summary>
    public string Field { get; }

    /// <summary>Gets the terms in ordinal order.</summary>
    public IReadOnlyList<TermImpact> Terms => _terms;

    /// <summary>Gets the cache of postings, or null for <see cref="ImpactCache.Default"/>.</summary>
    public ImpactCache? Cache { get; }

    /// <summary>
    /// Gets the time for the search, or null for any time. <see cref="Equals"/> ignores it.
    /// </summary>
    public SearchBudget? Budget { get; init; }

    /// <summary>
    /// Gets the rules whose edits of documents are laid over the index, or null if none changes a term of the query.
    /// </summary>
    public RelevanceRules? Rules
    {
        get;
        internal init
        {
            AllRules = value;
            field = _terms.Any(term => value?.Documents.GetRules(Field, term.Term).Any() == true) ? value : null;
        }
    }

    /// <summary>Gets the rules also if none changes a term of the query.</summary>
    internal RelevanceRules? AllRules { get; private init; }

    /// <summary>Gets the terms that rules changed, which explanations show.</summary>
    public IReadOnlyList<QueryEdit> Edits { get; internal init; } = [];

    /// <summary>
    /// Returns the query with rules applied: those on queries to its terms, and those on documents while it searches.
    /// Call it once, on the query of the whole expansion.
    /// </summary>
    /// <param name="rules">The rules, or null for none.</param>
    /// <param name="text">The text that was encoded, which the rules' words must occur in.</param>
    /// <returns>The edited query. If rules removed all of its terms, it matches nothing.</returns>
    public ImpactQuery WithRules(RelevanceRules? rules, string text)
    {
        if (rules is null)
        {
            return this;
        }

        var edited = rules.EditQuery(Field, text, _terms);
        return new ImpactQuery(Field, edited.Impacts, Cache)
        {
            Boost = Boost,
            Budget = Budget,
            Edits = edited.Edits,
            Rules = rules,
        };
    }

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
        base.Equals(obj) && obj is ImpactQuery other && Field == other.Field && Rules == other.Rules
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

    /// <summary>Returns a query of other terms that is otherwise the same.</summary>
    internal ImpactQuery WithTerms(IEnumerable<TermImpact> terms) =>
        new(Field, terms, Cache) { Boost = Boost, Budget = Budget, Edits = Edits, Rules = AllRules };

    private static void Validate(TermImpact[] terms)
    {
        for (var i = 0; i < terms.Length; i++)
        {
            if (string.IsNullOrEmpty(terms[i].Term))
            {
                throw new ArgumentException("The query has an empty term. Remove it.", nameof(terms));
            }

            if (terms[i].Impact < 1)
            {
                throw new ArgumentException(
                    $"Term '{terms[i].Term}' has impact {terms[i].Impact}. Impacts must be at least 1.", nameof(terms));
            }

            if (i > 0 && terms[i].Term == terms[i - 1].Term)
            {
                throw new ArgumentException(
                    $"Duplicate term '{terms[i].Term}' in the query. Add up its impacts.", nameof(terms));
            }
        }
    }
}
