using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Search.Fusion;

namespace LuceneLsr.Evaluation.Fusion;

/// <summary>The z-scores of a ranking: scores shifted and scaled to mean 0 and standard deviation 1.</summary>
internal sealed class StandardScores
{
    private readonly Dictionary<string, double> _scores = new(StringComparer.Ordinal);
    private readonly double _min;

    public StandardScores(IEnumerable<ScoredDocument> ranking)
    {
        var documents = ranking.ToList();
        var normalized = FusionMethod.ZScore.Normalize([.. documents.Select(document => document.Score)]);
        foreach (var (document, score) in documents.Zip(normalized.Scores))
        {
            _scores.Add(document.DocumentId, score);
        }

        _min = normalized.Missing;
    }

    public IEnumerable<string> DocumentIds => _scores.Keys;

    /// <summary>Gets a document's z-score, or the minimum of the ranking if the document is missing.</summary>
    public double GetScore(string documentId) => _scores.GetValueOrDefault(documentId, _min);
}
