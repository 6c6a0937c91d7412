using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace LuceneLsr.Playground.Messages;

/// <summary>A change of the rules.</summary>
internal abstract record RuleChange
{
    [Description("The version of the rules that the change was made for.")]
    [Required(ErrorMessage = "version is missing. Take it from the list of rules.")]
    public required string Version { get; init; }
}

[Description("A rule to try.")]
internal sealed record TryRuleRequest
{
    [Description("The rule.")]
    [Required(ErrorMessage = "rule is missing. Give the rule to try.")]
    public required RuleDraft Rule { get; init; }
}

[Description("A rule to add.")]
internal sealed record AddRuleRequest : RuleChange
{
    [Description("The rule.")]
    [Required(ErrorMessage = "rule is missing. Give the rule to add.")]
    public required RuleDraft Rule { get; init; }
}

[Description("A rule to remove, enable or disable.")]
internal sealed record RuleRequest : RuleChange
{
    [Description("The id of the rule.")]
    [Required(ErrorMessage = "id is missing. Take it from the list of rules.")]
    public required string Id { get; init; }
}

[Description("A change to undo.")]
internal sealed record UndoRequest : RuleChange;
