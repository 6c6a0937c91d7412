using System.Runtime.InteropServices;

namespace LuceneLsr.Evaluation.Drift;

/// <summary>
/// Scores all documents by dot products with the arithmetic of Lucene's <c>BooleanQuery</c>: each product of two weights
/// is a float, their sum a double, and the score a float again.
/// </summary>
internal sealed class VectorScorer
{
    private readonly Dictionary<string, List<(int Document, float Weight)>> _postings = new(StringComparer.Ordinal);
    private readonly double[] _sums;

    public VectorScorer(IReadOnlyCollection<SparseVector> documents)
    {
        _sums = new double[documents.Count];
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
        Array.Clear(_sums);
        foreach (var (term, weight) in query.Entries)
        {
            foreach (var (document, impact) in _postings.GetValueOrDefault(term, []))
            {
                _sums[document] += weight * impact;
            }
        }

        return Array.ConvertAll(_sums, sum => (float)sum);
    }

    /// <summary>Returns the documents with the highest positive scores. Lucene breaks ties by document number.</summary>
    public static IReadOnlyList<int> Rank(float[] scores, int depth) =>
        [.. Enumerable.Range(0, scores.Length).Where(document => scores[document] > 0)
            .OrderByDescending(document => scores[document]).ThenBy(document => document).Take(depth)];
}
