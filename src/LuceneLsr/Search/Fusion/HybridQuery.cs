using System.Globalization;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace LuceneLsr.Search.Fusion;

/// <summary>
/// A weighted sum of queries, for example of an <see cref="ImpactQuery"/> and a lexical query. A document matches if
/// it matches any of them. Its score is the sum of weight x score over those that it matches.
/// </summary>
/// <remarks>
/// In a <see cref="BooleanQuery"/> the searcher's similarity mixes the scores of clauses: the query norm scales
/// lexical clauses, and coord scales the sum. Here each query scores as if it were searched alone, so a weight means
/// the same for every query.
/// </remarks>
public sealed class HybridQuery : Query
{
    private readonly WeightedQuery[] _parts;

    /// <summary>Creates the query.</summary>
    /// <param name="parts">The queries and their weights. Without parts, nothing matches.</param>
    public HybridQuery(params IEnumerable<WeightedQuery> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        _parts = [.. parts];
        Array.ForEach(_parts, part => ArgumentNullException.ThrowIfNull(part, nameof(parts)));
    }

    /// <summary>Gets the queries and their weights.</summary>
    public IReadOnlyList<WeightedQuery> Parts => _parts;

    /// <inheritdoc/>
    public override Weight CreateWeight(IndexSearcher searcher) => new HybridWeight(this, searcher);

    /// <inheritdoc/>
    public override Query Rewrite(IndexReader reader)
    {
        WeightedQuery[] rewritten = [.. _parts.Select(part => Rewrite(part, reader))];
        return rewritten.SequenceEqual(_parts, ReferenceEqualityComparer.Instance)
            ? this
            : new HybridQuery(rewritten) { Boost = Boost };
    }

    /// <inheritdoc/>
    public override void ExtractTerms(ISet<Term> terms)
    {
        foreach (var part in _parts)
        {
            part.Query.ExtractTerms(terms);
        }
    }

    /// <inheritdoc/>
    public override string ToString(string? field)
    {
        var parts = _parts.Select(part => string.Create(
            CultureInfo.InvariantCulture, $"{part.Weight} x ({part.Query.ToString(field)})"));
        var boost = Boost == 1 ? "" : "^" + Boost.ToString(CultureInfo.InvariantCulture);
        return $"hybrid({string.Join(" + ", parts)}){boost}";
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) =>
        base.Equals(obj) && obj is HybridQuery other && _parts.AsSpan().SequenceEqual(other._parts);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(base.GetHashCode());
        foreach (var part in _parts)
        {
            hash.Add(part);
        }

        return hash.ToHashCode();
    }

    private static WeightedQuery Rewrite(WeightedQuery part, IndexReader reader)
    {
        var query = part.Query.Rewrite(reader);
        return ReferenceEquals(query, part.Query) ? part : new WeightedQuery(query, part.Weight);
    }
}
