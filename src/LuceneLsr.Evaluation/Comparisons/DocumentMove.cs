using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Comparisons;

/// <summary>A document that two rankings of a query have at different ranks.</summary>
/// <param name="DocumentId">The id of the document.</param>
/// <param name="FirstRank">The rank in the first ranking, from 1, or null if it lacks the document.</param>
/// <param name="SecondRank">The rank in the second ranking, from 1, or null if it lacks the document.</param>
/// <param name="Grade">The grade of the document, or null if it is not judged.</param>
public readonly record struct DocumentMove(string DocumentId, int? FirstRank, int? SecondRank, int? Grade)
{
    /// <summary>Finds the documents that moved into, out of or within the first ranks.</summary>
    /// <param name="first">The first ranking, best first.</param>
    /// <param name="second">The second ranking, best first.</param>
    /// <param name="grades">The query's grades by document id.</param>
    /// <param name="depth">The number of first ranks to consider; at least 1.</param>
    /// <returns>
    /// The documents that moved: first those that are relevant, each group by falling change of the discount
    /// 1 / log2(rank + 1), which counts beyond the depth as 0, as in <see cref="Metrics.Ndcg"/>.
    /// </returns>
    public static IReadOnlyList<DocumentMove> Find(
        IReadOnlyList<ScoredDocument> first, IReadOnlyList<ScoredDocument> second,
        IReadOnlyDictionary<string, int> grades, int depth)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(grades);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        Dictionary<string, int> firstRanks = GetRanks(first), secondRanks = GetRanks(second);
        return
        [
            .. first.Take(depth).Concat(second.Take(depth)).Select(hit => hit.DocumentId)
                .Distinct(StringComparer.Ordinal)
                .Select(id => new DocumentMove(id, Get(firstRanks, id), Get(secondRanks, id), Get(grades, id)))
                .Where(move => move.FirstRank != move.SecondRank)
                .OrderByDescending(move => move.Grade > 0)
                .ThenByDescending(move => Math.Abs(
                    GetDiscount(move.SecondRank, depth) - GetDiscount(move.FirstRank, depth))),
        ];
    }

    private static Dictionary<string, int> GetRanks(IReadOnlyList<ScoredDocument> ranking) =>
        ranking.Index().ToDictionary(hit => hit.Item.DocumentId, hit => hit.Index + 1, StringComparer.Ordinal);

    private static int? Get(IReadOnlyDictionary<string, int> values, string id) =>
        values.TryGetValue(id, out var value) ? value : null;

    private static double GetDiscount(int? rank, int depth) => rank <= depth ? 1 / Math.Log2(rank.Value + 1) : 0;
}
