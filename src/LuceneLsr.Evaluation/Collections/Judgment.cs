namespace LuceneLsr.Evaluation.Collections;

/// <summary>A relevance judgment.</summary>
/// <param name="QueryId">The id of the query.</param>
/// <param name="DocumentId">The id of the document.</param>
/// <param name="Grade">The relevance grade; 0 or less means not relevant.</param>
public readonly record struct Judgment(string QueryId, string DocumentId, int Grade);
