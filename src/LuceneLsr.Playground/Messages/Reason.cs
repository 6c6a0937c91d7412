using System.ComponentModel;

namespace LuceneLsr.Playground.Messages;

[Description("What a term contributes to the score of a document.")]
internal sealed record Reason(
    [property: Description("The index term.")]
    string Term,
    [property: Description("The query's impact, or null for BM25.")]
    int? Query,
    [property: Description("The document's impact, or null for BM25.")]
    int? Document,
    [property: Description("The document's impact in the index, if rules changed it; otherwise null.")]
    int? Stored,
    [property: Description("The contribution to the score; for LSR the product of the impacts.")]
    double Score);
