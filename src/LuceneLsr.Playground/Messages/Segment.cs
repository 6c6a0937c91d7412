using System.ComponentModel;

namespace LuceneLsr.Playground.Messages;

[Description("A part of a text, in plain text.")]
internal sealed record Segment(
    [property: Description("The text.")]
    string Text,
    [property: Description("The query terms that it matches, the most important first; null if it matches none.")]
    IReadOnlyList<string>? Terms);
