namespace LuceneLsr.Training.Mining;

/// <summary>A query, a document that answers it, and documents that only look as if they did.</summary>
/// <param name="Query">The query's text.</param>
/// <param name="Positive">The relevant document's text.</param>
/// <param name="Negatives">The hard negatives' texts, hardest first.</param>
/// <param name="Scores">
/// The ranking's scores of the relevant document and of each negative, in this order; null where the negatives come
/// from several rankings, whose scores cannot be compared.
/// </param>
public sealed record MinedPair(
    string Query, string Positive, IReadOnlyList<string> Negatives, IReadOnlyList<float>? Scores);
