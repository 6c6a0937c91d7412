using System.ComponentModel;

namespace LuceneLsr.Playground.Messages;

[Description("A document in a ranking.")]
internal sealed record Hit(
    [property: Description("The document's id.")]
    string Id,
    [property: Description("Its rank, from 1.")]
    int Rank,
    [property: Description("Its score: a dot product of impacts (LSR), a BM25 score, or a weighted sum of z-scores (hybrid).")]
    double Score,
    [property: Description("Its title; empty if it has none or the index stores none.")]
    string Title,
    [property: Description("The sentence of its text with the most words of the query.")]
    IReadOnlyList<Segment> Snippet,
    [property: Description("Its rank by engine, null where it is not among the first 1,000.")]
    IReadOnlyDictionary<string, int?> Ranks,
    [property: Description("Its relevance grade, or null if it has no judgment for the query.")]
    int? Grade,
    [property: Description("The terms that contribute most to the score.")]
    IReadOnlyList<Reason> Reasons);
