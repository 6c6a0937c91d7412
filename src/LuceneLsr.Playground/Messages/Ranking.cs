using System.ComponentModel;

namespace LuceneLsr.Playground.Messages;

[Description("The ranking of one engine.")]
internal sealed record Ranking(
    [property: Description("The engine: \"bm25\", \"lsr\" or \"hybrid\".")]
    string Engine,
    [property: Description("The number of documents that match, or null for the hybrid.")]
    int? Found,
    [property: Description("The time of the search in milliseconds, without that of encoding the text.")]
    double Milliseconds,
    [property: Description("The number of postings of the terms of the query, which the search scores.")]
    long Postings,
    [property: Description("nDCG@10, or null if the query has no judgments.")]
    double? Ndcg,
    [property: Description("The number of relevant documents among the first 10, or null without judgments.")]
    int? RelevantFound,
    [property: Description("The hits, best first.")]
    IReadOnlyList<Hit> Hits);
