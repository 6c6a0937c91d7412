using System.Runtime.InteropServices;

namespace LuceneLsr.Evaluation.Drift;

/// <summary>
/// Scores all documents by dot products with the arithmetic of Lucene's <c>BooleanQuery</c>: each product of two
/// weights is a float, their sum a double, and the score a float again.
/// </summary>
internal sealed class VectorScorer
{
    private readonly Dictionary<string, List<(int Document, float Weight)>> _postings = new(StringComparer.Ordinal);
    private readonly int _documents;

    public VectorScorer(IReadOnlyCollection<SparseVector> documents)
    {
        _documents = documents.Count;
        foreach (var (number, document) in documents.Index())
        {
            foreach (var (term, weight) in document.Entries)
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(_postings, term, out _) ??= []).Add((number, weight));
            }
        }
    }

    /// <summary>Returns the score of each document.</summary>
    public float[] Score(SparseVector query)
    {
        var sums = new double[_documents];
        foreach (var (term, weight) in query.Entries)
        {
            foreach (var (document, impact) in _postings.GetValueOrDefault(term, []))
            {
                sums[document] += weight * impact;
            }
        }

        return Array.ConvertAll(sums, sum => (float)sum);
    }

    /// <summary>
    /// Returns the documents with the highest positive scores. Ties are broken by document number, as in Lucene.
    /// </summary>
    public static IReadOnlyList<int> Rank(float[] scores, int depth) =>
        [.. Enumerable.Range(0, scores.Length).Where(document => scores[document] > 0)
            .OrderByDescending(document => scores[document]).ThenBy(document => document).Take(depth)];
}
