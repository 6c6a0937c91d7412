using System.ComponentModel;

namespace LuceneLsr.Playground.Messages;

[Description("Title and passages of a document, with the words that match a query.")]
internal sealed record DocumentPassages(
    [property: Description("The document's id.")]
    string Id,
    [property: Description("Its title.")]
    IReadOnlyList<Segment> Title,
    [property: Description("The passages of its text that match best.")]
    IReadOnlyList<Segment> Text);
