using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Training.Tests.Mining;

/// <summary>Ranks by given scores per query; a document with a score of 0 is not found.</summary>
internal sealed class ScoreTable(Dictionary<string, (string Id, double Score)[]> scores) : IRanker
{
    public IReadOnlyList<IReadOnlyList<ScoredDocument>> Rank(
        IReadOnlyList<RankingRequest> requests, int count, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return [.. requests.Select(request => Rank(request, count))];
    }

    public void Dispose()
    {
    }

    private List<ScoredDocument> Rank(RankingRequest request, int count)
    {
        var all = scores[request.Text].Where(hit => hit.Score > 0).OrderByDescending(hit => hit.Score)
            .Select(hit => new ScoredDocument(hit.Id, hit.Score)).ToList();
        return [.. all.Take(count), .. all.Skip(count).Where(hit => request.AlsoScored.Contains(hit.DocumentId))];
    }
}
