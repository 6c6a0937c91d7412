using Lucene.Net.Search;

namespace LuceneLsr.Search;

/// <summary>
/// The second phase of an approximate search: computes the exact scores of the hits of a cheaper query, usually one
/// with only the strongest terms, and returns the best hits. Each hit costs one lookup per term, so it pays off for a
/// small number of hits in a large index.
/// </summary>
public sealed class ImpactRescorer : Rescorer
{
    private readonly ImpactQuery _query;

    /// <summary>Creates the rescorer.</summary>
    /// <param name="query">The full query.</param>
    public ImpactRescorer(ImpactQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        _query = query;
    }

    /// <inheritdoc/>
    public override TopDocs Rescore(IndexSearcher searcher, TopDocs firstPassTopDocs, int topN)
    {
        ArgumentNullException.ThrowIfNull(searcher);
        ArgumentNullException.ThrowIfNull(firstPassTopDocs);
        var weight = new ImpactWeight(_query);
        var documents = firstPassTopDocs.ScoreDocs.Select(hit => hit.Doc).Order().ToList();
        var rescored = new List<ScoreDoc>(documents.Count);
        foreach (var leaf in searcher.IndexReader.Leaves)
        {
            int[] inLeaf = [.. documents
                .Select(document => document - leaf.DocBase)
                .Where(document => document >= 0 && document < leaf.Reader.MaxDoc)];
            var scores = weight.ComputeScores(leaf.AtomicReader, inLeaf);
            rescored.AddRange(inLeaf.Zip(scores, (document, score) => new ScoreDoc(leaf.DocBase + document, score)));
        }

        ScoreDoc[] best = [.. rescored.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Doc).Take(topN)];
        return new TopDocs(firstPassTopDocs.TotalHits, best, best.Length > 0 ? best[0].Score : float.NaN);
    }

    /// <inheritdoc/>
    public override Explanation Explain(IndexSearcher searcher, Explanation firstPassExplanation, int docID)
    {
        ArgumentNullException.ThrowIfNull(searcher);
        return searcher.Explain(_query, docID);
    }
}
