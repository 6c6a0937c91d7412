using System.ComponentModel;

namespace LuceneLsr.Playground.Messages;

[Description("The scores of a document for a query, and what they are made of.")]
internal sealed record DocumentExplanation(
    [property: Description("The document.")]
    DocumentText Document,
    [property: Description("Its relevance grade, or null if it has no judgment for the query.")]
    int? Grade,
    [property: Description("Its scores by engine.")]
    IReadOnlyList<EngineScore> Scores,
    [property: Description("The query terms that were searched and that the document lacks, heaviest first.")]
    IReadOnlyList<string> Missing);

[Description("The score of a document in one engine.")]
internal sealed record EngineScore(
    [property: Description("The engine: \"bm25\", \"lsr\" or \"hybrid\".")]
    string Engine,
    [property: Description("Its rank, from 1, or null if it is not among the first 1,000.")]
    int? Rank,
    [property: Description("Its score. If it does not match, 0 for \"bm25\" and \"lsr\"; "
        + "the hybrid then adds the minimum z-score.")]
    double Score,
    [property: Description("The contributions to the score, largest first. They add up to the score.")]
    IReadOnlyList<Reason> Reasons);

[Description("A stored document.")]
internal sealed record DocumentText(
    [property: Description("Its id.")]
    string Id,
    [property: Description("Its title; empty if it has none or the index stores none.")]
    string Title,
    [property: Description("Its text; empty if the index stores none.")]
    string Text);
