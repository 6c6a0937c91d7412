using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Fusion;

/// <summary>The z-scores of a ranking: scores shifted and scaled to mean 0 and deviation 1.</summary>
internal sealed class StandardScores
{
    private readonly Dictionary<string, double> _scores = new(StringComparer.Ordinal);
    private readonly double _smallest;

    public StandardScores(IEnumerable<ScoredDocument> ranking)
    {
        var documents = ranking.ToList();

        // Counted from the first score, equal scores have deviation 0 exactly, whatever their mean would round to.
        double[] offsets = [.. documents.Select(document => document.Score - documents[0].Score)];
        var mean = offsets.DefaultIfEmpty().Average();
        var deviation = Math.Sqrt(offsets.Select(offset => Math.Pow(offset - mean, 2)).DefaultIfEmpty().Average());
        foreach (var (document, offset) in documents.Zip(offsets))
        {
            _scores.Add(document.DocumentId, deviation == 0 ? 0 : (offset - mean) / deviation);
        }

        _smallest = _scores.Values.DefaultIfEmpty().Min();
    }

    public IEnumerable<string> DocumentIds => _scores.Keys;

    /// <summary>A document's z-score, the ranking's smallest one where the ranking misses the document.</summary>
    public double Of(string documentId) => _scores.GetValueOrDefault(documentId, _smallest);
}
