namespace LuceneLsr.Search.Fusion;

/// <summary>The scores of a ranking after a <see cref="FusionMethod"/>.</summary>
/// <param name="Scores">The scores, in the order of the ranking.</param>
/// <param name="Missing">The score of a document that the ranking does not have.</param>
public sealed record NormalizedScores(IReadOnlyList<double> Scores, double Missing);
