using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Tests;

/// <summary>Makes rankings and runs for tests.</summary>
internal static class Rankings
{
    /// <summary>A ranking of documents in the order given, with falling scores.</summary>
    public static IReadOnlyList<ScoredDocument> Of(params IEnumerable<string> documentIds) =>
        [.. documentIds.Select((id, index) => new ScoredDocument(id, -index))];

    /// <summary>A run of one query.</summary>
    public static Run RunOf(string queryId, params IReadOnlyList<ScoredDocument> ranking) =>
        new([KeyValuePair.Create(queryId, ranking)]);
}
