namespace LuceneLsr.Training.Data;

/// <summary>A query, a document that answers it, and documents that only look as if they did.</summary>
/// <param name="Query">The query's text.</param>
/// <param name="Document">The relevant document's text.</param>
/// <param name="HardNegatives">Texts of documents that are not relevant; may be empty.</param>
public sealed record TrainingPair(string Query, string Document, IReadOnlyList<string> HardNegatives);
