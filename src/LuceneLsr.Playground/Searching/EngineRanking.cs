using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Search.Fusion;

namespace LuceneLsr.Playground.Searching;

/// <summary>The ranking of an engine, deep enough to compare the ranks of documents.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Documents">The documents, best first.</param>
/// <param name="Found">The number of documents that match, or null if it is not known.</param>
/// <param name="Time">The time of the search.</param>
/// <param name="Postings">The number of postings that the search scores.</param>
internal sealed record EngineRanking(
    string Engine, IReadOnlyList<ScoredDocument> Documents, int? Found, TimeSpan Time, long Postings)
{
    private readonly Lazy<Dictionary<string, int>> _ranks = new(() => Documents.Index().ToDictionary(
        document => document.Item.DocumentId, document => document.Index + 1, StringComparer.Ordinal));

    private readonly Lazy<NormalizedScores> _standard = new(
        () => FusionMethod.ZScore.Normalize([.. Documents.Select(document => document.Score)]));

    /// <summary>Returns the rank of a document, from 1, or null if it is not in the ranking.</summary>
    public int? FindRank(string id) => _ranks.Value.TryGetValue(id, out var rank) ? rank : null;

    /// <summary>
    /// Returns the z-score of a document as the fusion has it: the minimum if it is not in the ranking.
    /// </summary>
    public double GetStandardScore(string id) =>
        FindRank(id) is { } rank ? _standard.Value.Scores[rank - 1] : _standard.Value.Missing;

    /// <summary>Returns the score of a document, or null if it is not in the ranking.</summary>
    public double? FindScore(string id) => FindRank(id) is { } rank ? Documents[rank - 1].Score : null;
}
