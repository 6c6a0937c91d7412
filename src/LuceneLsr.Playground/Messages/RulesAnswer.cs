using System.ComponentModel;

namespace LuceneLsr.Playground.Messages;

[Description("The rules in use.")]
internal sealed record RulesAnswer(
    [property: Description("Identifies the state of the rules. A change must name the state that it was made for.")]
    string Version,
    [property: Description("The name of the rules file, or null if the rules are in memory and end with the server.")]
    string? File,
    [property: Description("What is wrong with the rules file, or null. Its last valid rules stay in use.")]
    string? Problem,
    [property: Description("Whether the last change can be undone.")]
    bool CanUndo,
    [property: Description("The rules.")]
    IReadOnlyList<RuleView> Rules);
