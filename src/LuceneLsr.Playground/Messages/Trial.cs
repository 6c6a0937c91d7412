using System.ComponentModel;

namespace LuceneLsr.Playground.Messages;

[Description("The effect of a rule on the judged queries, compared with the rules in use.")]
internal sealed record Trial(
    [property: Description("The rule.")]
    RuleView Rule,
    [property: Description("The number of judged queries.")]
    int Queries,
    [property: Description("The effect by engine.")]
    IReadOnlyList<EngineTrial> Engines);

[Description("The effect of a rule on the judged queries in one engine.")]
internal sealed record EngineTrial(
    [property: Description("The engine: \"lsr\" or \"hybrid\".")]
    string Engine,
    [property: Description("Mean nDCG@10 without the rule.")]
    double Before,
    [property: Description("Mean nDCG@10 with the rule.")]
    double After,
    [property: Description("The p-value of a paired randomization test: how likely chance alone makes such a difference.")]
    double PValue,
    [property: Description("The queries whose nDCG@10 changes, the largest change first.")]
    IReadOnlyList<QueryChange> Changes);

[Description("The effect of a rule on a judged query.")]
internal sealed record QueryChange(
    [property: Description("The id of the query.")]
    string Id,
    [property: Description("Its text.")]
    string Text,
    [property: Description("nDCG@10 without the rule.")]
    double Before,
    [property: Description("nDCG@10 with the rule.")]
    double After);
