using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Tests.Support;

/// <summary>Creates rankings and runs for tests.</summary>
internal static class Rankings
{
    /// <summary>Creates a ranking of documents in the given order, with falling scores.</summary>
    public static IReadOnlyList<ScoredDocument> Create(params IEnumerable<string> documentIds) =>
        [.. documentIds.Select((id, index) => new ScoredDocument(id, -index))];

    /// <summary>Creates a run of one query.</summary>
    public static Run CreateRun(string queryId, params IReadOnlyList<ScoredDocument> ranking) =>
        new([KeyValuePair.Create(queryId, ranking)]);
}
