using System.Globalization;
using Lucene.Net.Search;

namespace LuceneLsr.Search.Fusion;

/// <summary>
/// Searches several queries one after the other and fuses their top hits. Use it if the scores of the queries are not
/// comparable, or differ in scale from query to query; otherwise a <see cref="HybridQuery"/> takes one search.
/// </summary>
public sealed class FusedSearch
{
    private readonly WeightedQuery[] _parts;
    private readonly FusionMethod _method;

    /// <summary>Creates the search.</summary>
    /// <param name="method">Makes the scores comparable.</param>
    /// <param name="parts">The queries, and the weights of their normalized scores.</param>
    public FusedSearch(FusionMethod method, params IEnumerable<WeightedQuery> parts)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(parts);
        (_method, _parts) = (method, [.. parts]);
        Array.ForEach(_parts, part => ArgumentNullException.ThrowIfNull(part, nameof(parts)));
    }

    /// <summary>
    /// Gets the number of hits of each query that are fused, 1,000 by default. A search cannot ask for more hits.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int Depth
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }
    = 1_000;

    /// <summary>Returns the top hits. Of two hits with equal scores, the lower document is first.</summary>
    /// <param name="searcher">The searcher.</param>
    /// <param name="count">The maximum number of hits, from 1 to <see cref="Depth"/>.</param>
    /// <param name="filter">The documents that may match, or null for all.</param>
    /// <returns>The hits. The total is the number of documents that were fused.</returns>
    public TopDocs Search(IndexSearcher searcher, int count, Filter? filter = null)
    {
        ArgumentNullException.ThrowIfNull(searcher);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Depth);
        Ranking[] rankings = [.. _parts.Select(part => SearchPart(searcher, part, filter))];
        ScoreDoc[] fused = [.. rankings.SelectMany(ranking => ranking.Documents).Distinct()
            .Select(document => new ScoreDoc(document, (float)rankings.Sum(ranking => ranking.GetScore(document))))
            .OrderByDescending(hit => hit.Score)
            .ThenBy(hit => hit.Doc)];
        return new TopDocs(
            fused.Length, fused[..Math.Min(count, fused.Length)], fused is [var best, ..] ? best.Score : float.NaN);
    }

    /// <summary>
    /// Explains the score of a document: each query's rank, score and normalized score. It searches again.
    /// </summary>
    /// <param name="searcher">The searcher.</param>
    /// <param name="document">The document.</param>
    /// <param name="filter">The filter of the search.</param>
    public Explanation Explain(IndexSearcher searcher, int document, Filter? filter = null)
    {
        ArgumentNullException.ThrowIfNull(searcher);
        Ranking[] rankings = [.. _parts.Select(part => SearchPart(searcher, part, filter))];
        var sum = new ComplexExplanation(
            match: rankings.Any(ranking => ranking.Documents.Contains(document)),
            (float)rankings.Sum(ranking => ranking.GetScore(document)), "sum of:");
        foreach (var ranking in rankings)
        {
            sum.AddDetail(ranking.Explain(searcher, document));
        }

        return sum;
    }

    private Ranking SearchPart(IndexSearcher searcher, WeightedQuery part, Filter? filter)
    {
        var hits = searcher.Search(part.Query, filter, Depth).ScoreDocs;
        return new Ranking(part, hits, _method.Normalize([.. hits.Select(hit => (double)hit.Score)]));
    }

    private sealed class Ranking(WeightedQuery part, ScoreDoc[] hits, NormalizedScores scores)
    {
        private readonly Dictionary<int, int> _ranks = hits.Index().ToDictionary(hit => hit.Item.Doc, hit => hit.Index);

        public IEnumerable<int> Documents => _ranks.Keys;

        public double GetScore(int document) =>
            part.Weight * (_ranks.TryGetValue(document, out var rank) ? scores.Scores[rank] : scores.Missing);

        public Explanation Explain(IndexSearcher searcher, int document)
        {
            var isFound = _ranks.TryGetValue(document, out var rank);
            var place = isFound ? $"rank {rank + 1}" : "not among the hits";
            var explanation = new Explanation((float)GetScore(document), string.Create(
                CultureInfo.InvariantCulture, $"weight {part.Weight} x normalized score, {place} of:"));
            explanation.AddDetail(searcher.Explain(part.Query, document));
            return explanation;
        }
    }
}
