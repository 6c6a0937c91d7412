using System.ComponentModel;
using LuceneLsr.Playground.Messages;
using LuceneLsr.Playground.Searching;
using ModelContextProtocol.Server;

namespace LuceneLsr.Playground.Agents;

/// <summary>The tools of agents for rules. They change nothing.</summary>
[McpServerToolType]
internal sealed class RuleTools(PlaygroundEngine playground)
{
    [McpServerTool(
        Name = "list_rules", Title = "List the rules", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Returns the rules with which people correct the learned index.")]
    public RulesAnswer List() => ToolErrors.Run(playground.Rules.List);

    [McpServerTool(
        Name = "try_rule", Title = "Try a rule", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Compares nDCG@10 of the judged queries without and with a rule. The rule is not kept.")]
    public Trial Try(
        [Description("The rule. Give query (words) with factor or impact, or document (id) with impact; and a term.")]
        RuleDraft rule,
        CancellationToken cancellation = default) => ToolErrors.Run(
            new TryRuleRequest { Rule = rule }, request => playground.Rules.Try(request.Rule, cancellation));
}
