using System.ComponentModel;
using LuceneLsr.Edits;
using LuceneLsr.Evaluation.Rankers;

namespace LuceneLsr.Playground.Messages;

[Description("A rule.")]
internal sealed record RuleView(
    [property: Description("Its id.")]
    string Id,
    [property: Description("The words or terms that a query must contain; null for a rule on a document.")]
    string? Query,
    [property: Description("The id of the document; null for a rule on queries.")]
    string? Document,
    [property: Description("The index term whose weight it changes.")]
    string Term,
    [property: Description("What it does to the weight, such as \"x 0.5\" or \"+80\".")]
    string Effect,
    [property: Description("Whether it applies.")]
    bool IsEnabled,
    [property: Description("Why it exists, or null.")]
    string? Note,
    [property: Description("Why it has no effect here, or null.")]
    string? Problem)
{
    public static RuleView Create(RelevanceRule rule) => new(
        rule.Id,
        rule is QueryRule query ? query.QueryText ?? string.Join(' ', query.QueryTerms) : null,
        (rule as DocumentRule)?.DocumentId, rule.Term, rule.Effect, rule.IsEnabled, rule.Note,
        SparseIndex.FindFieldProblem(rule));
}
