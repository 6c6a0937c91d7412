namespace LuceneLsr.Training.Mining;

/// <summary>A query, a relevant document, and hard negatives: documents that rank high but are not relevant.</summary>
/// <param name="Query">The text of the query.</param>
/// <param name="Positive">The text of the relevant document.</param>
/// <param name="Negatives">The texts of the hard negatives, hardest first.</param>
/// <param name="Scores">
/// The ranking's scores of the relevant document and then of each negative; null if the negatives come from several
/// rankings, whose scores are not comparable.
/// </param>
public sealed record MinedPair(
    string Query, string Positive, IReadOnlyList<string> Negatives, IReadOnlyList<float>? Scores);
