namespace LuceneLsr.Edits;

/// <summary>Applies the rules on queries. A query costs one lookup for each word of its text.</summary>
internal sealed class QueryEditor(IEnumerable<QueryRule> rules, Func<string, IEnumerable<string>> getTextTerms)
{
    private readonly ILookup<string, QueryRule> _rules = // by their first query term
        rules.ToLookup(rule => rule.QueryTerms[0], StringComparer.Ordinal);

    public EditedQuery Edit(string field, string text, IReadOnlyList<TermImpact> impacts)
    {
        if (_rules.Count == 0)
        {
            return new EditedQuery(impacts, []);
        }

        var words = getTextTerms(text).ToHashSet(StringComparer.Ordinal);
        var stored = impacts.ToDictionary(impact => impact.Term, impact => impact.Impact, StringComparer.Ordinal);
        var edits = words.SelectMany(word => _rules[word])
            .Where(rule => rule.AppliesTo(field) && rule.QueryTerms.All(words.Contains))
            .GroupBy(rule => rule.Term, StringComparer.Ordinal)
            .Select(term => Edit(term.Key, stored.GetValueOrDefault(term.Key), [.. term]))
            .Where(edit => edit.After != edit.Before)
            .ToDictionary(edit => edit.Term, StringComparer.Ordinal);
        return edits.Count == 0
            ? new EditedQuery(impacts, [])
            : new EditedQuery([.. Apply(impacts, edits)], [.. edits.Values]);
    }

    private static QueryEdit Edit(string term, int impact, QueryRule[] rules)
    {
        var raised = Math.Max(impact, rules.Max(rule => rule.Impact) ?? 0);
        var factor = rules.Aggregate(1.0, (product, rule) => product * (rule.Factor ?? 1));
        var edited = Math.Round(raised * factor, MidpointRounding.AwayFromZero);
        return new QueryEdit(term, impact, (int)Math.Min(ImpactScale.MaxImpactLimit, edited), rules);
    }

    // Keeps the order of the expansion; terms that it lacks follow.
    private static IEnumerable<TermImpact> Apply(
        IReadOnlyList<TermImpact> impacts, Dictionary<string, QueryEdit> edits) =>
        impacts.Select(impact => edits.TryGetValue(impact.Term, out var edit)
                ? new TermImpact(impact.Term, edit.After) : impact)
            .Concat(edits.Values.Where(edit => edit.Before == 0).Select(edit => new TermImpact(edit.Term, edit.After)))
            .Where(impact => impact.Impact > 0);
}
