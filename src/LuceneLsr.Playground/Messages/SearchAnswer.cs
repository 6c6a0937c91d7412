using System.ComponentModel;

namespace LuceneLsr.Playground.Messages;

[Description("The rankings for a query.")]
internal sealed record SearchAnswer(
    [property: Description("The query.")]
    string Text,
    [property: Description("The id of the judged query with this text, or null.")]
    string? QueryId,
    [property: Description("The number of documents that are judged relevant, or null without judgments.")]
    int? Relevant,
    [property: Description("The time that encoding the text took in milliseconds, 0 if it was cached.")]
    double EncodingMilliseconds,
    [property: Description("The learned terms, heaviest first.")]
    IReadOnlyList<ExpansionTerm> Terms,
    [property: Description("The rankings of BM25, LSR and the hybrid; LSR alone if the index stores no texts.")]
    IReadOnlyList<Ranking> Rankings);
