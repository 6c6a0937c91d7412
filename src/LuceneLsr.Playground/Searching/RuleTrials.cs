using LuceneLsr.Edits;
using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Evaluation.Significance;
using LuceneLsr.Playground.Messages;

namespace LuceneLsr.Playground.Searching;

/// <summary>Compares the judged queries without and with a rule, at the default dials.</summary>
internal sealed class RuleTrials(JudgedQueries judged, LearnedQueryFactory queries, EngineRankings rankings)
{
    private readonly Ndcg _ndcg = new(10);
    private readonly PairedRandomizationTest _test = new();

    /// <summary>Compares two sets of rules.</summary>
    /// <returns>The effect on each engine that learned terms have an effect on.</returns>
    public IReadOnlyList<EngineTrial> Compare(
        RelevanceRules before, RelevanceRules after, CancellationToken cancellationToken)
    {
        var changes = judged.Queries.SelectMany(query =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Score(query.Id, query.Text, before, cancellationToken)
                .Zip(Score(query.Id, query.Text, after, cancellationToken), (old, edited) =>
                    (old.Engine, Change: new QueryChange(query.Id, query.Text, old.Ndcg, edited.Ndcg)));
        });
        return [.. changes.GroupBy(change => change.Engine, change => change.Change)
            .Where(engine => engine.Key != Engines.Bm25)
            .Select(engine => Summarize(engine.Key, [.. engine]))];
    }

    private IEnumerable<(string Engine, double Ndcg)> Score(
        string id, string text, RelevanceRules rules, CancellationToken cancellationToken)
    {
        var request = new SearchRequest { Text = text };
        return rankings.Rank(request, queries.Create(request, rules, cancellationToken))
            .Select(ranking => (ranking.Engine, _ndcg.Score(ranking.Documents, judged.Qrels.GetGrades(id))));
    }

    private EngineTrial Summarize(string engine, IReadOnlyList<QueryChange> queries) => new(
        engine, queries.Average(query => query.Before), queries.Average(query => query.After),
        _test.ComputePValue(queries.Select(query => query.After - query.Before)),
        [.. queries.Where(query => query.After != query.Before)
            .OrderByDescending(query => Math.Abs(query.After - query.Before))]);
}
