using System.ComponentModel;

namespace LuceneLsr.Playground.Messages;

[Description("The learned terms of a text.")]
internal sealed record Expansion(
    [property: Description("The text.")]
    string Text,
    [property: Description("The terms, heaviest first.")]
    IReadOnlyList<ExpansionTerm> Terms);
