using LuceneLsr.Edits;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Comparisons;
using LuceneLsr.Playground.Messages;

namespace LuceneLsr.Playground.Searching;

/// <summary>Compares the judged queries without and with a rule, at the default dials.</summary>
internal sealed class RuleTrials(JudgedQueries judged, LearnedQueryFactory queries, EngineRankings rankings)
{
    /// <summary>Gets the number of judged queries.</summary>
    public int QueryCount => judged.Queries.Count;

    /// <summary>Compares two sets of rules.</summary>
    /// <returns>The effect on each engine that learned terms have an effect on.</returns>
    public IReadOnlyList<EngineTrial> Compare(
        RelevanceRules before, RelevanceRules after, CancellationToken cancellationToken) =>
        [.. judged.Queries.SelectMany(query => Compare(query, before, after, cancellationToken))
            .GroupBy(query => query.Engine, query => query.Scores)
            .Select(engine => Describe(engine.Key, new(JudgedQueries.Metric, engine)))];

    private IEnumerable<(string Engine, QueryScores Scores)> Compare(
        BeirQuery query, RelevanceRules before, RelevanceRules after, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = new SearchRequest { Text = query.Text };
        var lexical = rankings.RankByKeywords(request); // rules do not change it
        return Score(before).Zip(Score(after), (first, second) =>
            (first.Engine, new QueryScores(query.Id, first.Ndcg, second.Ndcg)));

        IEnumerable<(string Engine, double Ndcg)> Score(RelevanceRules rules) => rankings
            .Rank(request, queries.Create(request, rules, cancellationToken), lexical)
            .Where(ranking => ranking.Engine != Engines.Bm25)
            .Select(ranking => (
                ranking.Engine,
                JudgedQueries.Metric.Score(ranking.Documents, judged.Qrels.GetGrades(query.Id))));
    }

    private EngineTrial Describe(string engine, MetricComparison comparison) => new(
        engine, comparison.FirstMean, comparison.SecondMean, comparison.PValue,
        [.. comparison.Queries.Zip(judged.Queries)
            .Where(query => query.First.Gain != 0)
            .OrderByDescending(query => Math.Abs(query.First.Gain))
            .Select(query => new QueryChange(
                query.Second.Id, query.Second.Text, query.First.First, query.First.Second))]);
}
