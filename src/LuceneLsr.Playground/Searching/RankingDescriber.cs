using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Playground.Messages;

namespace LuceneLsr.Playground.Searching;

/// <summary>Describes rankings and scores in messages.</summary>
/// <param name="documents">The documents of the index.</param>
/// <param name="reasons">Finds what scores are made of.</param>
internal sealed class RankingDescriber(StoredDocuments documents, Reasons reasons)
{
    private const int ReasonsPerHit = 3;

    /// <summary>Describes a ranking.</summary>
    /// <param name="search">The search.</param>
    /// <param name="ranking">One of its rankings.</param>
    /// <param name="grades">The relevance grades of documents, or null if the query is not judged.</param>
    public Ranking Describe(RankedSearch search, EngineRanking ranking, IReadOnlyDictionary<string, int>? grades)
    {
        var top = ranking.Documents.Take(search.Request.Count).ToList();
        var found = reasons.Find(search, ranking, [.. top.Select(hit => hit.DocumentId)]);
        return new(
            ranking.Engine, ranking.Found, ranking.Time.TotalMilliseconds, ranking.Postings,
            grades is null ? null : JudgedQueries.Metric.Score(ranking.Documents, grades),
            grades is null ? null : CountRelevant(ranking, grades),
            [.. top.Select((hit, index) => DescribeHit(search, hit, index + 1, grades, found[hit.DocumentId]))]);
    }

    /// <summary>Explains the score of a document, even if it is not in the ranking.</summary>
    public EngineScore Explain(RankedSearch search, EngineRanking ranking, string id)
    {
        var found = reasons.Find(search, ranking, [id])[id];
        return new(ranking.Engine, ranking.FindRank(id), found.Sum(reason => reason.Score), found);
    }

    private static int CountRelevant(EngineRanking ranking, IReadOnlyDictionary<string, int> grades) =>
        ranking.Documents.Take(JudgedQueries.Metric.Cutoff)
            .Count(hit => grades.GetValueOrDefault(hit.DocumentId) > 0);

    private Hit DescribeHit(
        RankedSearch search, ScoredDocument hit, int rank, IReadOnlyDictionary<string, int>? grades,
        IReadOnlyList<Reason> found)
    {
        var id = hit.DocumentId;
        var document = documents.Read(documents.Get(id));
        return new(
            id, rank, hit.Score, document.Title, KeywordSnippets.Find(search.Request.Text, document.Text),
            search.Rankings.ToDictionary(other => other.Engine, other => other.FindRank(id)),
            grades?.TryGetValue(id, out var grade) == true ? grade : null, [.. found.Take(ReasonsPerHit)]);
    }
}
