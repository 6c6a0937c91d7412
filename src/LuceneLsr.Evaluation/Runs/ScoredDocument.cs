namespace LuceneLsr.Evaluation.Runs;

/// <summary>A retrieved document.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Score">Higher is better.</param>
public readonly record struct ScoredDocument(string DocumentId, double Score);
