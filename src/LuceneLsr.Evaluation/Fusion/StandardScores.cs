using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Fusion;

/// <summary>The z-scores of a ranking: scores shifted and scaled to mean 0 and standard deviation 1.</summary>
internal sealed class StandardScores
{
    private readonly Dictionary<string, double> _scores = new(StringComparer.Ordinal);
    private readonly double _min;

    public StandardScores(IEnumerable<ScoredDocument> ranking)
    {
        var documents = ranking.ToList();

        // Relative to the first score, equal scores have deviation 0 exactly, without rounding errors of the mean.
        double[] offsets = [.. documents.Select(document => document.Score - documents[0].Score)];
        var mean = offsets.DefaultIfEmpty().Average();
        var deviation = Math.Sqrt(offsets.Select(offset => Math.Pow(offset - mean, 2)).DefaultIfEmpty().Average());
        foreach (var (document, offset) in documents.Zip(offsets))
        {
            _scores.Add(document.DocumentId, deviation == 0 ? 0 : (offset - mean) / deviation);
        }

        _min = _scores.Values.DefaultIfEmpty().Min();
    }

    public IEnumerable<string> DocumentIds => _scores.Keys;

    /// <summary>Gets a document's z-score, or the minimum of the ranking if the document is missing.</summary>
    public double GetScore(string documentId) => _scores.GetValueOrDefault(documentId, _min);
}
