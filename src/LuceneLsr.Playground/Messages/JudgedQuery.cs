using System.ComponentModel;

namespace LuceneLsr.Playground.Messages;

[Description("A query with judgments.")]
internal sealed record JudgedQuery(
    [property: Description("Its id in the collection.")]
    string Id,
    [property: Description("Its text.")]
    string Text);
