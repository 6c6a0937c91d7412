namespace LuceneLsr.Evaluation.Runs;

/// <summary>A retrieved document.</summary>
/// <param name="DocumentId">The id of the document.</param>
/// <param name="Score">The score; higher is better.</param>
public readonly record struct ScoredDocument(string DocumentId, double Score);
